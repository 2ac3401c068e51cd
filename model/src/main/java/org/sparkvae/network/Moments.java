package org.sparkvae.network;

import java.util.Arrays;
import org.sparkvae.tensor.HostLoop;

/**
 * The means of each column and of its square: [rows, columns] -> [1, 2 columns].
 *
 * <p>It is for collecting, and gives no derivatives.
 */
record Moments(int rows, int columns) implements HostLoop.Body {
  @Override
  public void forward(double[][] in, double[] out, double[] ofRows) {
    Arrays.fill(out, 0);
    for (int at = 0; at < in[0].length; at += columns) {
      for (int c = 0; c < columns; c++) {
        double value = in[0][at + c];
        out[c] += value / rows;
        out[columns + c] += value * value / rows;
      }
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    throw new UnsupportedOperationException("statistics are collected without derivatives");
  }
}
