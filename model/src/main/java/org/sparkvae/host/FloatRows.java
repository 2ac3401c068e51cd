package org.sparkvae.host;

/**
 * Rows of float32 values on the heap, that of number r from {@code from + r * stride} on.
 *
 * @param columns values in a row
 */
public record FloatRows(float[] values, int from, int stride, int columns) {
  /** Rows whose sums go side by side: each addition of one has to wait for that before it. */
  private static final int TOGETHER = 4;

  /** Copies the first rows to those of another, of as many columns. */
  public void copyTo(FloatRows other, int rows) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          values, from + r * stride, other.values, other.from + r * other.stride, columns);
    }
  }

  /** Multiplies the first rows by a factor each, in float64. */
  public void scale(double[] factors) {
    for (int r = 0; r < factors.length; r++) {
      double factor = factors[r];
      int start = from + r * stride;
      for (int i = start; i < start + columns; i++) {
        values[i] = (float) (factor * values[i]);
      }
    }
  }

  /** Adds the sum of the squares of each of the first rows, in float64 from left to right. */
  public void addSquares(double[] sums) {
    int whole = sums.length - sums.length % TOGETHER;
    for (int r = 0; r < whole; r += TOGETHER) {
      addFourSquares(r, sums);
    }
    for (int r = whole; r < sums.length; r++) {
      double sum = 0;
      int start = from + r * stride;
      for (int i = start; i < start + columns; i++) {
        double value = values[i];
        sum += value * value;
      }
      sums[r] += sum;
    }
  }

  private void addFourSquares(int row, double[] sums) {
    int first = from + row * stride;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int i = first; i < first + columns; i++) {
      double value0 = values[i];
      double value1 = values[i + stride];
      double value2 = values[i + 2 * stride];
      double value3 = values[i + 3 * stride];
      sum0 += value0 * value0;
      sum1 += value1 * value1;
      sum2 += value2 * value2;
      sum3 += value3 * value3;
    }
    sums[row] += sum0;
    sums[row + 1] += sum1;
    sums[row + 2] += sum2;
    sums[row + 3] += sum3;
  }
}
