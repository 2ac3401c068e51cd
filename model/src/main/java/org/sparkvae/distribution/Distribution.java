package org.sparkvae.distribution;

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

  /** Records the mean, [rows, n]. */
  Matrix mean();

  /** Records a draw for each row, [rows, n]; every call records another. */
  Matrix sample();
}
