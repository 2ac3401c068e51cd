package org.sparkvae.bound;

import java.io.Serializable;

/** A bound on log p(x) from log-weights of samples. */
public sealed interface Bound extends Serializable
    permits Elbo, ImportanceWeighted, Renyi, VrMax, Beta {
  /** Samples of z drawn per image and step. */
  int samples();

  /**
   * Whether the KL term is taken in closed form where the posterior and the prior have one; else,
   * and where they have none, it is computed from the samples.
   */
  default boolean prefersClosedKl() {
    return false;
  }

  /**
   * Whether it is told as a bound: its mean is at most log p(x) for any number of samples, and
   * equals it where q(z|x) is p(z|x).
   */
  default boolean isLowerBound() {
    return true;
  }

  /**
   * p of the weight of each sample in the gradient, w^p / sum w^p: 0 where all weigh alike,
   * infinite where the largest alone has one.
   */
  double power();

  /** What the weight of the KL term is at its most, which the log-weights are to hold. */
  default double klWeight() {
    return 1;
  }

  /**
   * Nats that the KL of each latent dimension, averaged over a minibatch, counts at least; 0 for no
   * such floor.
   */
  default double freeBits() {
    return 0;
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

  /** Refuses free bits that are no number from 0 on, and those of a KL term from the samples. */
  static void requireClosed(Elbo.Kl kl, double freeBits) {
    if (!(freeBits >= 0) || Double.isInfinite(freeBits)) {
      throw new IllegalArgumentException(
          "free-bits must be a number of at least 0, but is " + freeBits);
    }
    if (freeBits > 0 && kl != Elbo.Kl.ANALYTIC) {
      throw new IllegalArgumentException(
          "free-bits above 0 need the KL term in closed form: set kl = analytic, or free-bits = 0");
    }
  }

  /** What a title says of free bits. */
  static String inWords(double freeBits) {
    return freeBits > 0 ? ", %s nats free a dimension".formatted(freeBits) : "";
  }

  /** Refuses fewer samples than one. */
  static void requirePositive(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
  }
}
