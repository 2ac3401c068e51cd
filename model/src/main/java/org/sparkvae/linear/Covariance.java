package org.sparkvae.linear;

/**
 * Mean and covariance of images, of values in [0, 1].
 *
 * @param mean [values]
 * @param matrix symmetric, [values * values]
 */
public record Covariance(double[] mean, double[] matrix) {
  /** Values per image. */
  public int values() {
    return mean.length;
  }

  /** The variance of a value. */
  double variance(int value) {
    return matrix[value * mean.length + value];
  }

  /** The variance of the values' product with a direction, [values]. */
  double along(double[] direction) {
    int values = mean.length;
    double variance = 0;
    for (int i = 0; i < values; i++) {
      double row = 0;
      for (int j = 0; j < values; j++) {
        row += matrix[i * values + j] * direction[j];
      }
      variance += direction[i] * row;
    }
    return variance;
  }

  /** The sum of all variances. */
  double trace() {
    double trace = 0;
    for (int i = 0; i < mean.length; i++) {
      trace += variance(i);
    }
    return trace;
  }
}
