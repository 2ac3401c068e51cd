package org.sparkvae.job.train.weights;

/** Whether arrays hold finite numbers only. */
final class Finite {
  private Finite() {}

  /** True where no value from a place on, up to another, is infinite or NaN. */
  static boolean all(float[] values, int from, int to) {
    // 0 * x is 0 for every finite x, and NaN for any other. Four sums, so that none waits.
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      sum0 += 0 * values[i];
      sum1 += 0 * values[i + 1];
      sum2 += 0 * values[i + 2];
      sum3 += 0 * values[i + 3];
    }
    for (; i < to; i++) {
      sum0 += 0 * values[i];
    }
    return sum0 + sum1 + (sum2 + sum3) == 0;
  }
}
