package org.sparkvae.bound;

import java.io.Serializable;

/** A bound on log p(x) from log-weights of samples. */
public sealed interface Bound extends Serializable permits Elbo, ImportanceWeighted, Renyi {
  /** Samples of z drawn per image and step. */
  int samples();

  /**
   * Whether the KL term is taken in closed form where the posterior and the prior have one; else,
   * and where they have none, it is computed from the samples.
   */
  default boolean prefersClosedKl() {
    return false;
  }

  /** Whether its mean is at most log p(x), for any number of samples. */
  default boolean isLowerBound() {
    return true;
  }

  /**
   * The bound of each image, and the derivative of it by each log-weight.
   *
   * @param logWeights log p(x|z) + log p(z) - log q(z|x), [samples * images], sample-major, nats
   * @param values set to the bound of each image, [images], nats
   * @param weights set to the derivative by each log-weight, [samples * images]; an image's sum to
   *     1
   */
  void apply(double[] logWeights, double[] values, double[] weights);

  /** The bound as a person names it, "ELBO". */
  String title();

  /** Refuses fewer samples than one. */
  static void requirePositive(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
  }
}
