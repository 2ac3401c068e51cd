package org.sparkvae.posterior;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * y_k = r_k, y_i = r_i - c_i r_(i+1), row by row: what undoes a recursion. Value by value: no hot
 * path needs it.
 *
 * @param r [samples * images, k]
 * @param c [images, k - 1]
 * @param y [samples * images, k]
 */
record Differences(Matrix r, Matrix c, Matrix y) implements Operation {
  static Matrix of(Recorder recorder, Matrix r, Matrix c) {
    Matrix y = recorder.variable(r.rows(), r.columns());
    return recorder.then(new Differences(r, c, y), y);
  }

  @Override
  public List<Node> inputs() {
    return List.of(r, c);
  }

  @Override
  public void forward(Kernels kernels) {
    y.value().assign(r.value());
    for (int row = 0; row < r.rows(); row++) {
      for (int i = 0; i < c.columns(); i++) {
        add(y.value(), row, i, -factor(row, i) * r.value().getDouble(row, i + 1));
      }
    }
  }

  @Override
  public void backward(Kernels kernels) {
    if (r.gradient() != null) {
      start(r);
      r.gradient().addi(y.gradient());
    }
    if (c.gradient() != null) {
      start(c);
    }
    for (int row = 0; row < r.rows(); row++) {
      for (int i = 0; i < c.columns(); i++) {
        double slope = y.gradient().getDouble(row, i);
        if (r.gradient() != null) {
          add(r.gradient(), row, i + 1, -factor(row, i) * slope);
        }
        if (c.gradient() != null) {
          add(c.gradient(), row % c.rows(), i, -slope * r.value().getDouble(row, i + 1));
        }
      }
    }
  }

  private double factor(int row, int i) {
    return c.value().getDouble(row % c.rows(), i);
  }

  private static void start(Matrix matrix) {
    if (matrix.claim() == 0) {
      matrix.gradient().assign(0);
    }
  }

  private static void add(INDArray matrix, int row, int column, double value) {
    matrix.putScalar(row, column, matrix.getDouble(row, column) + value);
  }
}
