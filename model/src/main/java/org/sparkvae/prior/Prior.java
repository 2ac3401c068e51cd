package org.sparkvae.prior;

import java.io.Serializable;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** A prior p(z). */
public sealed interface Prior extends Serializable
    permits StandardNormal, Vampprior, Mixture, Autoregressive, Realnvp, Bernoulli {
  /**
   * Records it.
   *
   * @param latent dimensions of z
   * @param posterior the posterior as a function of x
   */
  Scorable on(Recorder recorder, int latent, Amortised posterior);

  /** Why there is none of so many dimensions; empty where there is one. */
  default Optional<Misfit> misfit(int latent) {
    return Optional.empty();
  }

  /** Whether it is made of posteriors. */
  default boolean asksForPosterior() {
    return false;
  }

  /**
   * What it misses in a posterior, as the end of a sentence; empty where it takes it.
   *
   * @param q as it was recorded, of any image
   */
  default Optional<String> missing(Samplable q) {
    return q.logits().isPresent() ? Optional.of("that draws real numbers") : Optional.empty();
  }

  /**
   * Records KL(q || p) of each dimension, nats, [images, latent], where the pair has a closed form
   * that is a sum over them.
   *
   * @param recorder where it is recorded
   */
  default Optional<Matrix> klOfDimensions(Recorder recorder, Samplable q) {
    return Optional.empty();
  }

  /**
   * Records KL(q || p), nats, [images], where the pair has a closed form.
   *
   * @param recorder where it is recorded
   */
  default Optional<Rows> kl(Recorder recorder, Samplable q) {
    return Optional.empty();
  }
}
