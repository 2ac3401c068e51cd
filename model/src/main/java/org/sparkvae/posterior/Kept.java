package org.sparkvae.posterior;

import java.util.Optional;

/** What kernels keep from the forward to the backward pass: the same array while its length is. */
final class Kept {
  private double[] values = new double[0];

  /**
   * The array.
   *
   * @throws ArithmeticException where it would be longer than arrays are
   */
  Optional<double[]> of(int rows, int each) {
    int length = Math.multiplyExact(rows, each);
    if (values.length != length) {
      values = new double[length];
    }
    return Optional.of(values);
  }
}
