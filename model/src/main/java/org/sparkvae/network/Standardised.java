package org.sparkvae.network;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.kernels.ColumnStatistics;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Columns less their mean, over the root of their variance plus epsilon (Ioffe & Szegedy, 2015,
 * algorithm 1): [rows, columns] -> [rows, columns].
 */
final class Standardised implements HostLoop.ByKernels {
  private final int rows;
  private final int columns;
  private final double epsilon;
  private final double[] mean;

  /** 1 / sqrt(variance + epsilon). */
  private final double[] precision;

  private final double[] byMean;
  private final double[] byDeviation;

  /** The precision on a device; null before the first pass there. */
  private INDArray precisionThere;

  Standardised(int rows, int columns, double epsilon) {
    this.rows = rows;
    this.columns = columns;
    this.epsilon = epsilon;
    mean = new double[columns];
    precision = new double[columns];
    byMean = new double[columns];
    byDeviation = new double[columns];
  }

  @Override
  public void forward(double[][] in, double[] out, double[] ofRows) {
    double[] x = in[0];
    Arrays.fill(mean, 0);
    Arrays.fill(precision, 0);
    for (int at = 0; at < x.length; at += columns) {
      for (int c = 0; c < columns; c++) {
        mean[c] += x[at + c];
      }
    }
    for (int c = 0; c < columns; c++) {
      mean[c] /= rows;
    }
    for (int at = 0; at < x.length; at += columns) {
      for (int c = 0; c < columns; c++) {
        double off = x[at + c] - mean[c];
        out[at + c] = off;
        precision[c] += off * off;
      }
    }
    for (int c = 0; c < columns; c++) {
      precision[c] = 1 / Math.sqrt(precision[c] / rows + epsilon);
    }
    for (int at = 0; at < x.length; at += columns) {
      for (int c = 0; c < columns; c++) {
        out[at + c] *= precision[c];
      }
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    Arrays.fill(byMean, 0);
    Arrays.fill(byDeviation, 0);
    for (int at = 0; at < out.length; at += columns) {
      for (int c = 0; c < columns; c++) {
        byMean[c] += byOut[at + c] / rows;
        byDeviation[c] += byOut[at + c] * out[at + c] / rows;
      }
    }
    for (int at = 0; at < out.length; at += columns) {
      for (int c = 0; c < columns; c++) {
        byIn[0][at + c] = precision[c] * (byOut[at + c] - byMean[c] - out[at + c] * byDeviation[c]);
      }
    }
  }

  @Override
  public boolean isFor(Kernels kernels) {
    return kernels.columnStatistics().isPresent();
  }

  @Override
  public void forward(Kernels kernels, List<INDArray> in, INDArray out, double[] ofRows) {
    if (precisionThere == null) {
      precisionThere = Nd4j.create(out.dataType(), columns);
    }
    ColumnStatistics on = kernels.columnStatistics().orElseThrow();
    on.standardise(in.get(0), epsilon, out, precisionThere);
  }

  @Override
  public void backward(
      Kernels kernels,
      List<INDArray> in,
      INDArray out,
      INDArray byOut,
      double[] byRows,
      List<HostLoop.Derivative> byIn) {
    HostLoop.Derivative byX = byIn.get(0);
    ColumnStatistics on = kernels.columnStatistics().orElseThrow();
    on.standardiseBackward(out, precisionThere, byOut, byX.beta(), byX.array());
  }
}
