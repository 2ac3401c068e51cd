"""PyTorch on the same work as the job's, for submit/bench: trains the VAE, evaluates it, and prints a line of JSON a speed.

model     784 - hidden tanh - hidden tanh - (mean, log-variance) latent, and back to 784 Bernoulli logits; by --model,
          others of conf/models/, trained alone
data      MNIST as IDX files, binarised anew at every use
training  Adam; `batch` images a step and process; ELBO for one sample, else the importance-weighted bound
processes one thread each: alone; DistributedDataParallel over gloo (gradients averaged at every step); or, with
          --average-every, local steps with parameters and Adam moments averaged every so many of them
test      log p(x) by the importance-weighted bound, images dealt out to the processes
gpu       instead, with --gpu: steps in float32 on the first GPU, where the images lie; one by one, as a CUDA graph that
          replays ten, and compiled, in such a graph
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

PIXELS = 784


def images(path, limit):
    with gzip.open(path) as file:
        pixels = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, PIXELS)
    return torch.from_numpy(pixels[: limit or None].copy())


def perceptron(*widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.Tanh()]
        nn.init.xavier_uniform_(layers[-2].weight)
        nn.init.zeros_(layers[-2].bias)
    return nn.Sequential(*layers[:-1])


class Vae(nn.Module):
    def __init__(self, hidden, latent, mean_image):
        super().__init__()
        self.encoder = perceptron(PIXELS, hidden, hidden, 2 * latent)
        self.decoder = perceptron(latent, hidden, hidden, PIXELS)
        self.decoder[-1].bias.data.copy_(torch.logit(mean_image, 1e-3))

    def forward(self, x, samples):
        """log p(x, z) - log q(z | x), [samples, batch], of z drawn from q."""
        mean, log_variance = self.encoder(x).chunk(2, 1)
        noise = torch.randn(samples, *mean.shape, device=mean.device)
        z = mean + torch.exp(0.5 * log_variance) * noise
        logits = self.decoder(z)
        losses = nn.functional.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction='none')
        return 0.5 * (noise * noise + log_variance - z * z).sum(-1) - losses.sum(-1)


class Vampprior(Vae):
    """With 500 pseudo-inputs, as conf/models/vampprior.conf."""
    def __init__(self, hidden, latent, mean_image):
        super().__init__(hidden, latent, mean_image)
        self.inputs = nn.Parameter(0.05 + 0.01 * torch.randn(500, PIXELS))

    def forward(self, x, samples):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        noise = torch.randn(samples, *mean.shape)
        z = mean + torch.exp(0.5 * log_variance) * noise
        log_q = -0.5 * (noise * noise + log_variance).sum(-1)
        means, log_variances = self.encoder(self.inputs.clamp(0, 1)).chunk(2, 1)
        # The squares multiplied out, so that products do it.
        precisions = torch.exp(-log_variances)
        offsets = (means * means * precisions + log_variances).sum(1)
        log_p = -0.5 * ((z * z) @ precisions.T - 2 * z @ (means * precisions).T + offsets)
        log_prior = torch.logsumexp(log_p, -1) - math.log(len(means))
        losses = nn.functional.binary_cross_entropy_with_logits(self.decoder(z), x.expand(samples, *x.shape), reduction='none')
        return log_prior - log_q - losses.sum(-1)


class Masked(nn.Linear):
    def __init__(self, inputs, outputs, mask):
        super().__init__(inputs, outputs)
        self.register_buffer('mask', mask.float())

    def forward(self, x):
        return nn.functional.linear(x, self.weight * self.mask, self.bias)


class Iaf(Vae):
    """Two inverse autoregressive maps with masked networks of 320 units, as conf/models/iaf.conf."""
    WIDTH = 320

    def __init__(self, hidden, latent, mean_image):
        super().__init__(hidden, latent, mean_image)
        self.body = perceptron(PIXELS, hidden, hidden)
        self.heads = nn.Linear(hidden, 2 * latent + 2 * self.WIDTH)
        self.encoder = nn.Identity()
        first, second = [], []
        for turn in range(2):
            order = torch.arange(latent) if turn == 0 else torch.arange(latent).flip(0)
            degrees = torch.arange(self.WIDTH) % (latent - 1)
            first.append(Masked(latent, self.WIDTH, degrees[:, None] >= order[None]))
            second.append(Masked(self.WIDTH, 2 * latent, order.repeat(2)[:, None] > degrees[None]))
            second[-1].bias.data[latent:] = 2
        self.first, self.second = nn.ModuleList(first), nn.ModuleList(second)

    def forward(self, x, samples):
        latent = self.first[0].in_features
        heads = self.heads(torch.tanh(self.body(x)))
        mean, log_variance, *contexts = heads.split([latent, latent, self.WIDTH, self.WIDTH], 1)
        noise = torch.randn(samples, *mean.shape)
        z = mean + torch.exp(0.5 * log_variance) * noise
        log_q = -0.5 * (noise * noise + log_variance).sum(-1)
        for context, first, second in zip(contexts, self.first, self.second):
            shift, gate = second(nn.functional.elu(first(z) + context)).chunk(2, -1)
            z = shift + torch.sigmoid(gate) * (z - shift)
            log_q = log_q - nn.functional.logsigmoid(gate).sum(-1)
        losses = nn.functional.binary_cross_entropy_with_logits(self.decoder(z), x.expand(samples, *x.shape), reduction='none')
        return -0.5 * (z * z).sum(-1) - log_q - losses.sum(-1)


class Logistic(Vae):
    """256 levels under the discretised logistic, a scale for each pixel, as conf/models/logistic.conf."""
    def __init__(self, hidden, latent, mean_image):
        super().__init__(hidden, latent, mean_image)
        self.decoder = perceptron(latent, hidden, hidden, 2 * PIXELS)

    def forward(self, x, samples):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        noise = torch.randn(samples, *mean.shape)
        z = mean + torch.exp(0.5 * log_variance) * noise
        location, log_scale = self.decoder(z).chunk(2, -1)
        inverse = torch.exp(-log_scale.clamp(min=-7))
        above = (x - torch.sigmoid(location) + 0.5 / 255) * inverse
        below = above - inverse / 255
        # sigmoid(above) - sigmoid(below) in logarithms; the tails are folded into the last levels.
        inside = above + torch.log(-torch.expm1(-inverse / 255)) - nn.functional.softplus(above) - nn.functional.softplus(below)
        log_p = torch.where(x < 0.5 / 255, nn.functional.logsigmoid(above),
                            torch.where(x > 254.5 / 255, nn.functional.logsigmoid(-below), inside))
        return 0.5 * (noise * noise + log_variance - z * z).sum(-1) + log_p.sum(-1)


MODELS = dict(plain=Vae, vampprior=Vampprior, iaf=Iaf, logistic=Logistic)


def bound(log_weights):
    return torch.logsumexp(log_weights, 0) - math.log(len(log_weights))


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
            loss.backward()
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


def seconds_a_step(steps, count):
    """The median of some stretches of at least 200 steps, of calls that take `count` steps each."""
    calls = STRETCH_STEPS // count
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


def graph_of(steps, chosen, shard):
    """Replays steps on images that are chosen anew."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            steps()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        steps()

    def replay():
        chosen.copy_(torch.randint(len(shard), chosen.shape, device=chosen.device))
        graph.replay()

    return replay


def gpu(options):
    device = torch.device('cuda')
    training = images(os.path.join(options.data, 'train-images-idx3-ubyte.gz'), options.training_images)
    shard = training.to(device)
    for engine in ['eager', 'graph', 'compiled']:
        torch.manual_seed(1)
        vae = Vae(options.hidden, options.latent, training.float().mean(0) / 255).to(device)
        optimiser = torch.optim.Adam(vae.parameters(), 1e-3, eps=1e-4, fused=True, capturable=engine != 'eager')
        model = torch.compile(vae) if engine == 'compiled' else vae
        count = 1 if engine == 'eager' else GRAPH_STEPS
        chosen = torch.randint(len(shard), (count, options.batch), device=device)

        def steps():
            for batch in chosen:
                x = torch.bernoulli(shard[batch].float() / 255)
                optimiser.zero_grad()
                (-bound(model(x, options.samples)).mean()).backward()
                optimiser.step()

        def anew():
            chosen.copy_(torch.randint(len(shard), chosen.shape, device=device))
            steps()

        seconds = seconds_a_step(anew if engine == 'eager' else graph_of(steps, chosen, shard), count)
        name = dict(eager='PyTorch eager', graph='PyTorch, CUDA graph', compiled='PyTorch, compiled')[engine]
        print(json.dumps(dict(model=options.name, batch=options.batch, engine=name, seconds=seconds)), flush=True)


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
    parser.add_argument('--model', choices=MODELS, default='plain', help='trained only; evaluated and on a GPU: plain')
    parser.add_argument('--latent', type=int, default=50)
    parser.add_argument('--batch', type=int, default=100)
    parser.add_argument('--samples', type=int, default=1)
    parser.add_argument('--epochs', type=int, default=6)
    parser.add_argument('--training-images', type=int, default=0, help='0 for all')
    parser.add_argument('--evaluation-images', type=int, default=0, help='0 for no evaluation')
    parser.add_argument('--evaluation-samples', type=int, default=5000)
    parser.add_argument('--gpu', action='store_true', help='measure steps on a GPU instead')
    parser.add_argument('--name', default='', help='of the model, with --gpu')
    options = parser.parse_args()
    if options.gpu:
        gpu(options)
    elif options.processes == 1:
        work(0, options)
    else:
        options.port = free_port()
        torch.multiprocessing.spawn(work, (options,), nprocs=options.processes)


if __name__ == '__main__':
    main()
