package org.sparkvae.network;

import java.util.Arrays;
import org.sparkvae.tensor.HostLoop;

/**
 * Columns less their mean, over the root of their variance plus epsilon (Ioffe & Szegedy, 2015,
 * algorithm 1): [rows, columns] -> [rows, columns].
 */
final class Standardised implements HostLoop.Body {
  private final int rows;
  private final int columns;
  private final double epsilon;
  private final double[] mean;

  /** 1 / sqrt(variance + epsilon). */
  private final double[] precision;

  private final double[] byMean;
  private final double[] byDeviation;

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
}
