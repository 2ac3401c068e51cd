package org.sparkvae.job.analyse;

import java.util.List;

/**
 * Cells of equal size over a rectangle of a plane, row by row from the top.
 *
 * @param low the least coordinate on each axis, [2]
 * @param high the largest, [2], above it
 * @param side how many cells along each axis
 */
record Cells(double[] low, double[] high, int side) {
  /**
   * Those that just cover points.
   *
   * @param points [2] each, at least one
   */
  static Cells around(List<double[]> points, int side) {
    double[] low = points.get(0).clone();
    double[] high = low.clone();
    for (double[] point : points) {
      for (int axis = 0; axis < 2; axis++) {
        low[axis] = Math.min(low[axis], point[axis]);
        high[axis] = Math.max(high[axis], point[axis]);
      }
    }
    for (int axis = 0; axis < 2; axis++) {
      if (low[axis] == high[axis]) {
        low[axis] -= 1;
        high[axis] += 1;
      }
    }
    return new Cells(low, high, side);
  }

  /** How many in all. */
  int count() {
    return side * side;
  }

  /** The middle of a cell, [2]. */
  double[] middle(int cell) {
    return new double[] {
      low[0] + size(0) * (cell % side + 0.5), high[1] - size(1) * (cell / side + 0.5)
    };
  }

  private double size(int axis) {
    return (high[axis] - low[axis]) / side;
  }

  /** How many points lie in each cell, [count]. */
  long[] counts(List<double[]> points) {
    long[] counts = new long[count()];
    for (double[] point : points) {
      int column = within((point[0] - low[0]) / size(0));
      int row = within((high[1] - point[1]) / size(1));
      counts[row * side + column]++;
    }
    return counts;
  }

  private int within(double place) {
    return Math.max(0, Math.min(side - 1, (int) Math.floor(place)));
  }

  /** How far a point is from the middle of the rectangle, in its sides. */
  double fromMiddle(double x, double y) {
    return Math.hypot(
        (x - (low[0] + high[0]) / 2) / (high[0] - low[0]),
        (y - (low[1] + high[1]) / 2) / (high[1] - low[1]));
  }
}
