package org.sparkvae.job.report.drawing;

import java.io.Serializable;

/**
 * How many values fall into each of some intervals of equal width.
 *
 * @param low the first interval's lower edge
 * @param width of each
 * @param counts by interval
 */
public record Bins(double low, double width, long[] counts) implements Serializable {
  private static final int FEWEST = 8;
  private static final int MOST = 80;

  /**
   * As many as Freedman and Diaconis's rule says, within reason; a constant has one in a few.
   * Nothing is counted yet.
   *
   * @param values how many there are
   * @param low the least
   * @param high the greatest
   * @param quartiles the third quartile less the first
   */
  public static Bins of(long values, double low, double high, double quartiles) {
    double span = high - low;
    if (span == 0) {
      double width = Math.max(1e-3, Math.abs(low) * 1e-3);
      return new Bins(low - width * (FEWEST / 2 + 0.5), width, new long[FEWEST + 1]);
    }
    double rule = 2 * quartiles / Math.cbrt(values);
    int number = rule > 0 ? (int) Math.min(MOST, Math.ceil(span / rule)) : MOST;
    long[] counts = new long[Math.max(FEWEST, number)];
    return new Bins(low, span / counts.length, counts);
  }

  /** The interval that a value falls into. */
  public int at(double value) {
    return Math.min(counts.length - 1, (int) ((value - low) / width));
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
