package org.sparkvae.distribution;

import java.util.Optional;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;

/** A distribution that can tell the density, or the probability, of any value. */
public interface Distribution extends Informed {
  /**
   * Records log p(value) per row, nats.
   *
   * @param value [rows, n], or [images, n], the same for all samples of an image
   */
  Rows logDensity(Matrix value);

  /**
   * Records log p of each of a row's values, nats, [rows, n], where they are independent: their sum
   * is {@link #logDensity}.
   *
   * @param value as there
   */
  default Optional<Matrix> logDensityOfEach(Matrix value) {
    return Optional.empty();
  }

  /** Records the mean, [rows, n]. */
  Matrix mean();

  /** Records a draw for each row, [rows, n]; every call records another. */
  Matrix sample();
}
