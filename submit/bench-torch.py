"""PyTorch on the same work as the job's, for submit/bench: trains the VAE, evaluates it, and prints a line of JSON a speed.

model     784 - hidden tanh - hidden tanh - (mean, log-variance) latent, and back to 784 Bernoulli logits; by --model,
          others of conf/models/ and conf/papers/; evaluated is this one, and on a GPU each
data      MNIST as IDX files, binarised anew at every use
training  Adam; `batch` images a step and process; ELBO for one sample, else the importance-weighted bound
processes one thread each: alone; DistributedDataParallel over gloo (gradients averaged at every step); or, with
          --average-every, local steps with parameters and Adam moments averaged every so many of them
test      log p(x) by the importance-weighted bound, images dealt out to the processes
gpu       instead, with --gpu: steps in float32 on the first GPU, where the images lie; one by one, as a CUDA graph that
          replays ten, and compiled, in such a graph; then log p(x) of images, one a call, or several: one by one, as a
          CUDA graph, and compiled
"""
import argparse
import gzip
import json
import math
import os
import socket
import statistics
import time

import numpy
import torch
from torch import distributed, nn

from torch_models import MODELS, PIXELS


def images(path, limit):
    with gzip.open(path) as file:
        pixels = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, PIXELS)
    return torch.from_numpy(pixels[: limit or None].copy())


def bound(log_weights):
    return torch.logsumexp(log_weights, 0) - math.log(len(log_weights))


def differentiate(vae, loss):
    loss.backward()
    if vae.normalises:
        gradients = [parameter.grad for parameter in vae.parameters()]
        norms = torch._foreach_norm(gradients)
        torch._foreach_add_(norms, 1e-10)
        torch._foreach_div_(gradients, norms)


@torch.no_grad()
def average(vae, optimiser, processes):
    state = [value for per in optimiser.state.values() for name, value in per.items() if name != 'step']
    tensors = [parameter.data for parameter in vae.parameters()] + state
    flat = torch.cat([tensor.reshape(-1) for tensor in tensors])
    distributed.all_reduce(flat)
    flat /= processes
    for tensor, part in zip(tensors, flat.split([tensor.numel() for tensor in tensors])):
        tensor.copy_(part.view_as(tensor))


def together(processes):
    if processes > 1:
        distributed.barrier()


def train(vae, shard, options):
    """Images a second of all processes, by the median epoch; two epochs of warm-up left out where one is left."""
    synchronous = options.processes > 1 and not options.average_every
    model = nn.parallel.DistributedDataParallel(vae) if synchronous else vae
    optimiser = torch.optim.Adam(vae.parameters(), 1e-3, eps=1e-4, fused=True)
    steps = len(shard) // options.batch
    step = 0
    rates = []
    for _ in range(options.epochs):
        together(options.processes)
        start = time.perf_counter()
        order = torch.randperm(len(shard))[: steps * options.batch]
        for batch in order.split(options.batch):
            intensities = shard[batch].float() / 255
            x = intensities if options.model == 'logistic' else torch.bernoulli(intensities)
            loss = -bound(model(x, options.samples)).mean()
            optimiser.zero_grad()
            differentiate(vae, loss)
            optimiser.step()
            step += 1
            if options.average_every and step % options.average_every == 0:
                average(vae, optimiser, options.processes)
        together(options.processes)
        rates.append(steps * options.batch * options.processes / (time.perf_counter() - start))
    return statistics.median(rates[min(2, len(rates) - 1):])


@torch.no_grad()
def evaluate(vae, shard, options):
    """Images a second of all processes."""
    binary = torch.bernoulli(shard.float() / 255)
    together(options.processes)
    start = time.perf_counter()
    for x in binary:
        log_weights, left = [], options.evaluation_samples
        while left:
            samples = min(left, 1000)
            log_weights.append(vae(x[None], samples)[:, 0])
            left -= samples
        bound(torch.cat(log_weights).double()).item()
    together(options.processes)
    return options.evaluation_images / (time.perf_counter() - start)


def report(phase, engine, processes, rate):
    print(json.dumps(dict(phase=phase, engine=engine, workers=processes, rate=rate)), flush=True)


def work(rank, options):
    torch.set_num_threads(1)
    processes = options.processes
    if processes > 1:
        os.environ.update(MASTER_ADDR='127.0.0.1', MASTER_PORT=str(options.port))
        distributed.init_process_group('gloo', rank=rank, world_size=processes)
    training = images(os.path.join(options.data, 'train-images-idx3-ubyte.gz'), options.training_images)
    test = images(os.path.join(options.data, 't10k-images-idx3-ubyte.gz'), options.evaluation_images)
    torch.manual_seed(1)
    vae = MODELS[options.model](options.hidden, options.latent, training.float().mean(0) / 255)
    torch.manual_seed(1 + rank)
    rate = train(vae, training[rank::processes], options)
    if rank == 0:
        kind = ''
        if processes > 1:
            kind = f' average/{options.average_every}' if options.average_every else ' DDP'
        report('TRAINING', 'PyTorch' + kind, processes, rate)
    if options.evaluation_images:
        rate = evaluate(vae, test[rank::processes], options)
        if rank == 0:
            report('EVALUATION', 'PyTorch', processes, rate)
    if processes > 1:
        distributed.destroy_process_group()


GRAPH_STEPS = 10
STRETCHES = 7
STRETCH_STEPS = 200
STRETCH_CALLS = 20
GPU_ENGINES = dict(eager='PyTorch eager', graph='PyTorch, CUDA graph', compiled='PyTorch, compiled')
SCORED = 20


def seconds_a_step(steps, count, calls):
    """The median of some stretches of so many calls that take `count` steps each."""
    for _ in range(calls):
        steps()
    seconds = []
    for _ in range(STRETCHES):
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(calls):
            steps()
        torch.cuda.synchronize()
        seconds.append((time.perf_counter() - start) / (calls * count))
    return statistics.median(seconds)


def graph_of(work, before):
    """Replays work, with something before it that is no part of the graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            work()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        work()

    def replay():
        before()
        graph.replay()

    return replay


def gpu_steps(options, shard, mean_image):
    for engine in ['eager', 'graph', 'compiled']:
        torch.manual_seed(1)
        vae = MODELS[options.model](options.hidden, options.latent, mean_image).to(shard.device)
        optimiser = torch.optim.Adam(vae.parameters(), 1e-3, eps=1e-4, fused=True, capturable=engine != 'eager')
        model = torch.compile(vae) if engine == 'compiled' else vae
        count = 1 if engine == 'eager' else GRAPH_STEPS
        chosen = torch.randint(len(shard), (count, options.batch), device=shard.device)

        def choose():
            chosen.copy_(torch.randint(len(shard), chosen.shape, device=shard.device))

        def steps():
            for batch in chosen:
                x = torch.bernoulli(shard[batch].float() / 255)
                optimiser.zero_grad()
                differentiate(vae, -bound(model(x, options.samples)).mean())
                optimiser.step()

        def anew():
            choose()
            steps()

        seconds = seconds_a_step(anew if engine == 'eager' else graph_of(steps, choose), count, STRETCH_STEPS // count)
        print(json.dumps(dict(model=options.name, batch=options.batch, engine=GPU_ENGINES[engine], seconds=seconds)),
              flush=True)


@torch.no_grad()
def gpu_evaluation(options, shard, mean_image):
    vae = MODELS[options.model](options.hidden, options.latent, mean_image).to(shard.device)
    binary = torch.bernoulli(shard.float() / 255)
    for engine, count in [('eager', 1), ('eager', SCORED), ('graph', SCORED), ('compiled', SCORED)]:
        model = torch.compile(vae) if engine == 'compiled' else vae
        x = binary[:count].clone()

        def choose():
            x.copy_(binary[torch.randint(len(binary), (count,), device=shard.device)])

        scores = torch.empty(count, dtype=torch.float64, device=shard.device)

        def score():
            scores.copy_(bound(model(x, options.evaluation_samples).double()))

        def anew():
            choose()
            score()

        run = graph_of(score, choose) if engine == 'graph' else anew

        def to_the_host():
            run()
            scores.cpu()

        seconds = seconds_a_step(to_the_host, 1, STRETCH_CALLS)
        name = GPU_ENGINES[engine] + (f', {count} at once' if count > 1 else '')
        print(json.dumps(dict(model=options.name, engine=name, tasks=1, rate=count / seconds)), flush=True)


def gpu(options):
    training = images(os.path.join(options.data, 'train-images-idx3-ubyte.gz'), options.training_images)
    shard = training.to('cuda')
    (gpu_evaluation if options.evaluate else gpu_steps)(options, shard, training.float().mean(0) / 255)


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True, help='folder of the IDX files')
    parser.add_argument('--processes', type=int, default=1)
    parser.add_argument('--average-every', type=int, default=0)
    parser.add_argument('--hidden', type=int, default=200)
    parser.add_argument('--model', choices=MODELS, default='plain', help='which; without --gpu, log p(x) is measured of plain alone')
    parser.add_argument('--latent', type=int, default=50)
    parser.add_argument('--batch', type=int, default=100)
    parser.add_argument('--samples', type=int, default=1)
    parser.add_argument('--epochs', type=int, default=6)
    parser.add_argument('--training-images', type=int, default=0, help='0 for all')
    parser.add_argument('--evaluation-images', type=int, default=0, help='0 for no evaluation')
    parser.add_argument('--evaluation-samples', type=int, default=5000)
    parser.add_argument('--gpu', action='store_true', help='measure steps on a GPU instead')
    parser.add_argument('--evaluate', action='store_true', help='with --gpu, measure log p(x) and not steps')
    parser.add_argument('--name', default='', help='of the model, with --gpu')
    options = parser.parse_args()
    if options.gpu and options.model == 'logistic':
        parser.error('--gpu binarises images: choose another model than logistic')
    if options.gpu:
        gpu(options)
    elif options.processes == 1:
        work(0, options)
    else:
        options.port = free_port()
        torch.multiprocessing.spawn(work, (options,), nprocs=options.processes)


if __name__ == '__main__':
    main()
