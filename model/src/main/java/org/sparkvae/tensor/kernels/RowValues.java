package org.sparkvae.tensor.kernels;

import org.sparkvae.host.FloatSource;

/** What is computed of values of rows on the heap. */
final class RowValues {
  private RowValues() {}

  /** See {@link Kernels#largestOfRows}. */
  static void largest(FloatSource source, int columns, double[] largest) {
    float[] row = new float[columns];
    for (int r = 0; r < largest.length; r++) {
      source.read(r * columns, row, 0, columns);
      float most = largest(row);
      largest[r] = Float.isInfinite(most) ? 0 : most;
    }
  }

  /** Four at a time, which do not wait for one another. */
  private static float largest(float[] row) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    int i = 0;
    for (; i + 4 <= row.length; i += 4) {
      a = row[i] > a ? row[i] : a;
      b = row[i + 1] > b ? row[i + 1] : b;
      c = row[i + 2] > c ? row[i + 2] : c;
      d = row[i + 3] > d ? row[i + 3] : d;
    }
    for (; i < row.length; i++) {
      a = Math.max(row[i], a);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  /** See {@link Kernels#logMeans}. */
  static void logMeans(double[] largest, double[] sums, int count, double[] means) {
    for (int r = 0; r < sums.length; r++) {
      means[r] = largest[r] + Math.log(sums[r] / count);
    }
  }

  /** See {@link Kernels#divide}. */
  static void divide(double[] a, double[] b, double[] quotients) {
    for (int r = 0; r < quotients.length; r++) {
      quotients[r] = a[r] / b[r];
    }
  }
}
