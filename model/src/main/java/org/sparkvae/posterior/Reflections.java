package org.sparkvae.posterior;

/**
 * Reflections of a row of values, x - 2 v (v . x) / |v|^2, one after the other: a product of
 * Householder matrices. Where v is 0, the values stay as they are.
 *
 * <p>The directions of an image lie one after the other, [count, k].
 *
 * @param k values of a row
 * @param count reflections
 */
record Reflections(int k, int count) {
  /** By the directions from the first to the last. */
  void forth(double[] v, int at, double[] x, int row) {
    for (int t = 0; t < count; t++) {
      reflect(v, at + t * k, x, row);
    }
  }

  /** By the directions from the last to the first, which undoes the other. */
  void back(double[] v, int at, double[] x, int row) {
    for (int t = count - 1; t >= 0; t--) {
      reflect(v, at + t * k, x, row);
    }
  }

  /**
   * The derivatives of {@link #forth}.
   *
   * @param x what it gave; becomes what it was given
   * @param by the derivative by x; becomes that by what it was given
   * @param byV added to
   */
  void forthBackward(
      double[] v, double[] byV, int at, double[] x, int row, double[] by, int byRow) {
    for (int t = count - 1; t >= 0; t--) {
      reflectBackward(v, byV, at + t * k, x, row, by, byRow);
    }
  }

  /** The derivatives of {@link #back}, likewise. */
  void backBackward(double[] v, double[] byV, int at, double[] x, int row, double[] by, int byRow) {
    for (int t = 0; t < count; t++) {
      reflectBackward(v, byV, at + t * k, x, row, by, byRow);
    }
  }

  private void reflect(double[] v, int at, double[] x, int row) {
    double square = Sums.dot(v, at, v, at, k);
    if (square > 0) {
      Sums.add(-2 * Sums.dot(v, at, x, row, k) / square, v, at, x, row, k);
    }
  }

  /** A reflection is its own inverse, and its own derivative by x. */
  private void reflectBackward(
      double[] v, double[] byV, int at, double[] x, int row, double[] by, int byRow) {
    double square = Sums.dot(v, at, v, at, k);
    if (square == 0) {
      return;
    }
    // v . x changes its sign from before to after.
    double along = -Sums.dot(v, at, x, row, k);
    double byAlong = Sums.dot(v, at, by, byRow, k);
    double length = 2 * along / square;
    Sums.add(length, v, at, x, row, k);
    Sums.add(-length, by, byRow, byV, at, k);
    Sums.add(-2 * byAlong / square, x, row, byV, at, k);
    Sums.add(2 * length * byAlong / square, v, at, byV, at, k);
    Sums.add(-2 * byAlong / square, v, at, by, byRow, k);
  }
}
