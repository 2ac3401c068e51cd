package org.sparkvae.job.bench;

import java.util.Arrays;

/** The middle and the ends of some values. */
record Spread(double median, double least, double most, int values) {
  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
    return new Spread(median, sorted[0], sorted[last], sorted.length);
  }
}
