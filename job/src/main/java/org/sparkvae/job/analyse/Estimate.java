package org.sparkvae.job.analyse;

import java.util.Arrays;

/**
 * A figure of one image and its standard error from sampling.
 *
 * @param value nats
 * @param standardError nats; NaN of one sample
 */
record Estimate(double value, double standardError) {
  /** The mean of independent terms. */
  static Estimate mean(double[] terms) {
    double mean = Arrays.stream(terms).average().orElseThrow();
    return new Estimate(mean, error(terms));
  }

  /**
   * Of a value whose error is, to first order, the mean of terms of mean 0.
   *
   * @param influences of the samples
   */
  static Estimate of(double value, double[] influences) {
    return new Estimate(value, error(influences));
  }

  /** The difference from an estimate of other samples. */
  Estimate minusIndependent(Estimate other) {
    return new Estimate(value - other.value, standardError).withError(other.standardError);
  }

  /** With a further, independent error. */
  Estimate withError(double further) {
    return new Estimate(value, Math.hypot(standardError, further));
  }

  private static double error(double[] terms) {
    double mean = Arrays.stream(terms).average().orElseThrow();
    double squares = Arrays.stream(terms).map(term -> (term - mean) * (term - mean)).sum();
    return Math.sqrt(squares / (terms.length - 1) / terms.length);
  }
}
