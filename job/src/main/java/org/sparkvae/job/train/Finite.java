package org.sparkvae.job.train;

/** Whether arrays hold finite numbers only. */
final class Finite {
  private Finite() {}

  /** True where no value is infinite or NaN. */
  static boolean all(float[] values) {
    // 0 * x is 0 for every finite x, and NaN for any other.
    float sum = 0;
    for (float value : values) {
      sum += 0 * value;
    }
    return sum == 0;
  }
}
