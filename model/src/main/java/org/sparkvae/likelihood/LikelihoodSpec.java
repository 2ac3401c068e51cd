package org.sparkvae.likelihood;

import java.io.Serializable;
import org.sparkvae.kinds.Setting;

/** Which likelihood p(x|z) a model has. */
public sealed interface LikelihoodSpec extends Serializable {

  /** Independent Bernoulli pixels from logits. */
  record Bernoulli() implements LikelihoodSpec {}

  /**
   * Independent Gaussian pixels.
   *
   * @param variance who learns the variance
   * @param minVariance the variance's lower bound, in squared pixel units (pixels lie in [0, 1])
   */
  record Gaussian(
      @Setting(
              says = "per-pixel (given by the decoder) or shared (one learned value).",
              otherwise = "shared")
          Variance variance,
      @Setting(
              says = "Lower bound of the variance, pixels being in [0, 1].",
              otherwise = "1e-3",
              above = 0)
          double minVariance)
      implements LikelihoodSpec {
    /** Checks the bound. */
    public Gaussian {
      if (!(minVariance > 0)) {
        throw new IllegalArgumentException("min-variance must be above 0, but is " + minVariance);
      }
    }
  }

  /** Who learns a Gaussian likelihood's variance. */
  enum Variance {
    /** The decoder gives a variance for each pixel. */
    PER_PIXEL,
    /** One learned value serves all pixels and images. */
    SHARED
  }
}
