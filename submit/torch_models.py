"""Models of PyTorch for submit/bench-torch.py, each as a settings file of the job has it.

A model takes images, [batch, 784], and gives log p(x, z) - log q(z | x), [samples, batch], of z drawn from q.
"""
import math

import torch
from torch import nn

PIXELS = 784
COMPONENTS = 500


def perceptron(*widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.Tanh()]
        nn.init.xavier_uniform_(layers[-2].weight)
        nn.init.zeros_(layers[-2].bias)
    return nn.Sequential(*layers[:-1])


class Vae(nn.Module):
    normalises = False

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


def draw(samples, mean, log_variance):
    """Samples, [samples, batch, latent], and their log densities without a constant."""
    shape = (samples, *mean.shape) if mean.dim() == 2 else mean.shape
    noise = torch.randn(shape, device=mean.device)
    return mean + torch.exp(0.5 * log_variance) * noise, -0.5 * (noise * noise + log_variance).sum(-1)


def density(z, mean, log_variance):
    return -0.5 * ((z - mean) ** 2 * torch.exp(-log_variance) + log_variance).sum(-1)


def pixels(x, logits):
    return -nn.functional.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction='none').sum(-1)


def pseudo_inputs():
    return nn.Parameter(0.05 + 0.01 * torch.randn(COMPONENTS, PIXELS))


def mixture(z, means, log_variances):
    """The log density of Gaussians that weigh alike, without its constant, which that of q lacks as well."""
    # The squares multiplied out, so that products do it.
    precisions = torch.exp(-log_variances)
    offsets = (means * means * precisions + log_variances).sum(1)
    log_p = -0.5 * ((z * z) @ precisions.T - 2 * z @ (means * precisions).T + offsets)
    return torch.logsumexp(log_p, -1) - math.log(len(means))


class Vampprior(Vae):
    """With 500 pseudo-inputs, as conf/models/vampprior.conf."""
    def __init__(self, hidden, latent, mean_image):
        super().__init__(hidden, latent, mean_image)
        self.inputs = pseudo_inputs()

    def forward(self, x, samples):
        z, log_q = draw(samples, *self.encoder(x).chunk(2, 1))
        log_prior = mixture(z, *self.encoder(self.inputs.clamp(0, 1)).chunk(2, 1))
        return log_prior - log_q + pixels(x, self.decoder(z))


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
        z, log_q = draw(samples, mean, log_variance)
        for context, first, second in zip(contexts, self.first, self.second):
            shift, gate = second(nn.functional.elu(first(z) + context)).chunk(2, -1)
            z = shift + torch.sigmoid(gate) * (z - shift)
            log_q = log_q - nn.functional.logsigmoid(gate).sum(-1)
        return -0.5 * (z * z).sum(-1) - log_q + pixels(x, self.decoder(z))


class Logistic(Vae):
    """256 levels under the discretised logistic, a scale for each pixel, as conf/models/logistic.conf."""
    def __init__(self, hidden, latent, mean_image):
        super().__init__(hidden, latent, mean_image)
        self.decoder = perceptron(latent, hidden, hidden, 2 * PIXELS)

    def forward(self, x, samples):
        mean, log_variance = self.encoder(x).chunk(2, 1)
        noise = torch.randn(samples, *mean.shape, device=mean.device)
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


class Gate(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.value = nn.Linear(inputs, outputs)
        self.gate = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.value(x) * torch.sigmoid(self.gate(x))


def gates(*widths):
    return nn.Sequential(*[Gate(inputs, outputs) for inputs, outputs in zip(widths, widths[1:])])


class Heads(nn.Module):
    """Mean and log-variance of a Gaussian."""
    def __init__(self, inputs, latent):
        super().__init__()
        self.mean = nn.Linear(inputs, latent)
        self.log_variance = nn.Linear(inputs, latent)

    def forward(self, h):
        return self.mean(h), self.log_variance(h).clamp(-6, 2)


class GatedVampprior(nn.Module):
    """As conf/papers/gated-vampprior.conf: the gradient of each parameter is divided by its norm."""
    normalises = True

    def __init__(self, hidden, latent, mean_image):
        super().__init__()
        self.encoder = nn.Sequential(gates(PIXELS, hidden, hidden), Heads(hidden, latent))
        self.decoder = nn.Sequential(gates(latent, hidden, hidden), nn.Linear(hidden, PIXELS))
        self.inputs = pseudo_inputs()
        start(self, self.decoder[1], mean_image)

    def forward(self, x, samples):
        z, log_q = draw(samples, *self.encoder(x))
        log_prior = mixture(z, *self.encoder(self.inputs.clamp(0, 1)))
        return pixels(x, self.decoder(z)) + log_prior - log_q


class HvaeVampprior(nn.Module):
    """As conf/papers/hvae-vampprior.conf: z2 above z1, both of the same size."""
    normalises = True

    def __init__(self, hidden, latent, mean_image):
        super().__init__()
        self.top = nn.Sequential(gates(PIXELS, hidden, hidden), Heads(hidden, latent))
        self.of_image, self.of_top = gates(PIXELS, hidden), gates(latent, hidden)
        self.joint = nn.Sequential(gates(2 * hidden, hidden), Heads(hidden, latent))
        self.conditional = nn.Sequential(gates(latent, hidden, hidden), Heads(hidden, latent))
        self.from_code, self.from_top = gates(latent, hidden), gates(latent, hidden)
        self.body = nn.Sequential(gates(2 * hidden, hidden), nn.Linear(hidden, PIXELS))
        self.inputs = pseudo_inputs()
        start(self, self.body[1], mean_image)

    def forward(self, x, samples):
        z2, log_q2 = draw(samples, *self.top(x))
        of_top = self.of_top(z2)
        of_image = self.of_image(x).expand_as(of_top)
        z1, log_q1 = draw(samples, *self.joint(torch.cat([of_image, of_top], -1)))
        log_p1 = density(z1, *self.conditional(z2))
        log_p2 = mixture(z2, *self.top(self.inputs.clamp(0, 1)))
        logits = self.body(torch.cat([self.from_code(z1), self.from_top(z2)], -1))
        return pixels(x, logits) + log_p1 + log_p2 - log_q1 - log_q2


def start(model, last, mean_image):
    """He's weights and no biases but those of the pixels."""
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=math.sqrt(2 / layer.in_features))
            nn.init.zeros_(layer.bias)
    last.bias.data.copy_(torch.logit(mean_image, 1e-3))


MODELS = {'plain': Vae, 'vampprior': Vampprior, 'iaf': Iaf, 'logistic': Logistic, 'gated-vampprior': GatedVampprior,
          'hvae-vampprior': HvaeVampprior}
