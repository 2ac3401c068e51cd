package org.sparkvae.network;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The means of each column and of its square: [rows, columns] -> [1, 2 columns].
 *
 * <p>It is for collecting, and gives no derivatives.
 */
record Moments(int rows, int columns) implements HostLoop.ByKernels {
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

  @Override
  public boolean isFor(Kernels kernels) {
    return kernels.columnStatistics().isPresent();
  }

  @Override
  public void forward(Kernels kernels, List<INDArray> in, INDArray out, double[] ofRows) {
    kernels.columnStatistics().orElseThrow().moments(in.get(0), out);
  }

  @Override
  public void backward(
      Kernels kernels,
      List<INDArray> in,
      INDArray out,
      INDArray byOut,
      double[] byRows,
      List<HostLoop.Derivative> byIn) {
    throw new UnsupportedOperationException("statistics are collected without derivatives");
  }
}
