package org.sparkvae.job.report.drawing;

import java.util.stream.DoubleStream;

/**
 * The part of an axis that is worth showing.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record AxisRange(double low, double high) {
  /** Wider than Tukey's 1.5, lest the first steps of an ordinary training be cut. */
  private static final double WHISKER = 2.5;

  private static final double PADDING = 0.06;
  private static final double OF_A_CONSTANT = 1e-2;

  /**
   * All values but those far outside the middle half of them, which would flatten the others.
   *
   * @param values not finite ones are left out
   * @throws IllegalArgumentException where none is left
   */
  public static AxisRange robust(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no finite value to show");
    }
    double lower = quantile(sorted, 0.25);
    double upper = quantile(sorted, 0.75);
    double whisker = WHISKER * (upper - lower);
    // With no spread in the middle half there is no saying what is far outside.
    double low = whisker > 0 ? Math.max(sorted[0], lower - whisker) : sorted[0];
    double last = sorted[sorted.length - 1];
    double high = whisker > 0 ? Math.min(last, upper + whisker) : last;
    double padding =
        high > low ? PADDING * (high - low) : OF_A_CONSTANT * Math.max(1, Math.abs(high));
    return new AxisRange(low - padding, high + padding);
  }

  /** How many of some values lie outside. */
  public long outside(DoubleStream values) {
    return values.filter(value -> value < low || value > high).count();
  }

  private static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
