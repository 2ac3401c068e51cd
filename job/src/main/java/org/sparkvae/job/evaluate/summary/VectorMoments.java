package org.sparkvae.job.evaluate.summary;

import java.io.Serializable;

/**
 * Means and sums of squared deviations of some quantities, updated value by value (Welford, 1962)
 * and joined part by part (Chan, Golub &amp; LeVeque, 1983), so that nothing cancels.
 */
final class VectorMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private final double[] means;
  private final double[] deviations;

  /** Of nothing yet. */
  VectorMoments(int quantities) {
    means = new double[quantities];
    deviations = new double[quantities];
  }

  /** Adds one value of each quantity. */
  void add(double[] values) {
    count++;
    for (int i = 0; i < means.length; i++) {
      double off = values[i] - means[i];
      means[i] += off / count;
      deviations[i] += off * (values[i] - means[i]);
    }
  }

  /** The moments of all that this and another have seen. */
  VectorMoments plus(VectorMoments other) {
    if (other.count == 0) {
      return this;
    }
    VectorMoments both = new VectorMoments(means.length);
    both.count = count + other.count;
    for (int i = 0; i < means.length; i++) {
      double off = other.means[i] - means[i];
      both.means[i] = means[i] + off * other.count / both.count;
      both.deviations[i] =
          deviations[i]
              + other.deviations[i]
              + off * off * ((double) count * other.count / both.count);
    }
    return both;
  }

  /** How many quantities. */
  int quantities() {
    return means.length;
  }

  /** Values seen of each quantity. */
  long count() {
    return count;
  }

  /** A quantity's mean. */
  double mean(int quantity) {
    return means[quantity];
  }

  /** A quantity's variance over the values seen, divided by their count. */
  double populationVariance(int quantity) {
    return deviations[quantity] / count;
  }

  /** A quantity's variance, divided by the count less one; NaN for one value. */
  double sampleVariance(int quantity) {
    return deviations[quantity] / (count - 1);
  }
}
