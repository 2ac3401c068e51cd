package org.sparkvae.vae;

import java.util.List;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/**
 * The parts of log w = log p(x|z) + log p(z) - log q(z|x), as they were recorded; nats.
 *
 * @param noise that z is drawn by, [samples * images, latent], sample-major
 * @param posterior q(z|x)
 * @param kl KL(q(z|x) || p(z)) in closed form, [images]
 * @param logPrior log p(z), [samples * images]
 * @param logPosterior log q(z|x), [samples * images]
 * @param logLikelihood log p(x|z), [samples * images]
 */
record Terms(
    Matrix noise,
    DiagonalGaussian posterior,
    Rows kl,
    Rows logPrior,
    Rows logPosterior,
    Rows logLikelihood) {
  /** All that a sample is scored by. */
  List<Rows> all() {
    return List.of(kl, logPrior, logPosterior, logLikelihood);
  }
}
