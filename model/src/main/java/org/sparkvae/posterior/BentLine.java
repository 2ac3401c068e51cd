package org.sparkvae.posterior;

/** The function x + r tanh(s x + t) of one variable, where r s is above -1, so that it rises. */
final class BentLine {
  /** Newton's steps take a handful, halvings about 50. */
  private static final int MOST_STEPS = 100;

  private static final double CLOSE = 1e-15;

  private BentLine() {}

  /**
   * Where it has a value: by Newton's method, within bounds that halve where it would leave them.
   */
  static double inverse(double r, double s, double t, double value) {
    double low = value - Math.abs(r);
    double high = value + Math.abs(r);
    double x = value;
    for (int i = 0; i < MOST_STEPS; i++) {
      double h = Math.tanh(s * x + t);
      double excess = x + r * h - value;
      if (excess > 0) {
        high = x;
      } else {
        low = x;
      }
      double next = x - excess / (1 + r * s * (1 - h * h));
      // What is not a number is no step either, and is found in the value.
      if (!(next >= low && next <= high)) {
        next = 0.5 * (low + high);
      }
      if (!(Math.abs(next - x) > CLOSE * (1 + Math.abs(x)))) {
        return next;
      }
      x = next;
    }
    return x;
  }
}
