package org.sparkvae.job.report.drawing;

import java.util.Arrays;

/**
 * How many values fall into each of some intervals of equal width.
 *
 * @param low the first interval's lower edge
 * @param width of each
 * @param counts by interval
 */
public record Bins(double low, double width, int[] counts) {
  private static final int FEWEST = 8;
  private static final int MOST = 80;

  /** As many as Freedman and Diaconis's rule says, within reason; a constant has one in a few. */
  public static Bins of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[0];
    double span = sorted[sorted.length - 1] - low;
    if (span == 0) {
      double width = Math.max(1e-3, Math.abs(low) * 1e-3);
      int[] counts = new int[FEWEST + 1];
      counts[FEWEST / 2] = values.length;
      return new Bins(low - width * (FEWEST / 2 + 0.5), width, counts);
    }
    double quartiles = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
    double rule = 2 * quartiles / Math.cbrt(sorted.length);
    int number = rule > 0 ? (int) Math.min(MOST, Math.ceil(span / rule)) : MOST;
    int[] counts = new int[Math.max(FEWEST, number)];
    double width = span / counts.length;
    for (double value : values) {
      counts[Math.min(counts.length - 1, (int) ((value - low) / width))]++;
    }
    return new Bins(low, width, counts);
  }

  /** The lower edge of an interval. */
  public double edge(int interval) {
    return low + interval * width;
  }

  /** Along the tops of all intervals, from the base line and back to it: where. */
  public double[] outlineX() {
    double[] x = new double[2 * counts.length + 2];
    for (int i = 0; i <= counts.length; i++) {
      x[2 * i] = edge(i);
      x[2 * i + 1] = edge(i);
    }
    return x;
  }

  /** Along the tops of all intervals, from the base line and back to it: how high. */
  public double[] outlineY() {
    double[] y = new double[2 * counts.length + 2];
    for (int i = 0; i < counts.length; i++) {
      y[2 * i + 1] = counts[i];
      y[2 * i + 2] = counts[i];
    }
    return y;
  }
}
