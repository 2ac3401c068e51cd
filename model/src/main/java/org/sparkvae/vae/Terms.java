package org.sparkvae.vae;

import java.util.List;
import java.util.stream.Stream;
import org.sparkvae.tensor.Rows;

/**
 * The parts of log w = log p(x|z) + sum over latent variables of log p(z) - log q(z|x), as they
 * were recorded.
 *
 * @param logLikelihood log p(x|z), nats, [samples * images]
 * @param latents the latent variables, from the one next to the image on
 */
public record Terms(Rows logLikelihood, List<Latent> latents) {
  /** At least one latent variable. */
  public Terms {
    latents = List.copyOf(latents);
    if (latents.isEmpty()) {
      throw new IllegalArgumentException("a model needs a latent variable");
    }
  }

  /** What a sample of log w is made of, nats, each [samples * images]. */
  public List<Rows> ofASample() {
    Stream<Rows> latent =
        latents.stream().flatMap(z -> Stream.of(z.drawn().logDensity(), z.logPrior()));
    return Stream.concat(Stream.of(logLikelihood), latent).toList();
  }

  /** Whether every draw is a smooth map of noise: none is of bits. */
  public boolean arePathwise() {
    return latents.stream().allMatch(z -> z.drawn().isPathwise());
  }

  /** The latent variable next to the image. */
  public Latent first() {
    return latents.get(0);
  }
}
