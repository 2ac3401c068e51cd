package org.sparkvae.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.kernels.ColumnStatistics;
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
  public boolean forward(Kernels kernels, List<Matrix> in, Matrix out) {
    Optional<ColumnStatistics> device = kernels.columnStatistics();
    device.ifPresent(on -> on.moments(in.get(0).value(), out.value()));
    return device.isPresent();
  }

  /** As on the host. */
  @Override
  public boolean backward(Kernels kernels, List<Matrix> in, Matrix out) {
    return false;
  }
}
