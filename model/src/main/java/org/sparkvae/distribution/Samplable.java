package org.sparkvae.distribution;

import java.util.Optional;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/** A distribution that can be drawn from, and that can tell the log-density of its own draws. */
public interface Samplable extends Informed {
  /** Records a draw and its log-density; every call records another draw. */
  Drawn draw();

  /**
   * Records the code that stands for it, [images, n]: its mean, or where that has no closed form,
   * what its kind's description says.
   */
  Matrix mean();

  /** Records log of the variance of each dimension, [images, n], where that has a closed form. */
  default Optional<Matrix> logVariance() {
    return Optional.empty();
  }

  /** Records the logits of its bits, [images, n], where it is one of independent bits. */
  default Optional<Matrix> logits() {
    return Optional.empty();
  }

  /**
   * Records the log-density of any values under the distribution of every image, nats: [rows, n] ->
   * [rows, images]. Empty where it can tell that of its own draws only.
   */
  default Optional<Matrix> logDensities(Matrix values) {
    return Optional.empty();
  }

  /**
   * Records the log-density of draws, whoever has made them, each under the distribution of its own
   * image, nats: [samples * images, n] -> [samples * images]. Derivatives flow to the draws as
   * well. Empty where it can tell that of its own draws only.
   */
  default Optional<Rows> logDensityOf(Matrix draws) {
    return Optional.empty();
  }

  /**
   * Records the standard normal noise that a draw is made of, from the draw, [rows, n], where a
   * draw is an invertible map of noise and the inverse has a closed form.
   */
  default Optional<Matrix> noiseOf(Matrix draw) {
    return Optional.empty();
  }

  /**
   * Records KL(this || N(0, I)) of each dimension, nats, [images, n], where dimensions are
   * independent and that has a closed form.
   */
  default Optional<Matrix> klOfDimensionsToStandardNormal() {
    return Optional.empty();
  }

  /** Records KL(this || N(0, I)), nats, [images], where that has a closed form. */
  default Optional<Rows> klToStandardNormal() {
    return Optional.empty();
  }
}
