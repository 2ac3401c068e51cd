package org.sparkvae.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Rows of a matrix, each chosen by a number u in [0, 1): out[r, :] = x[floor(n u[r]), :], n being
 * how many rows x has, so that uniform numbers choose all rows alike.
 */
record ChosenRows(Matrix x, Matrix u, Matrix out) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x, u);
  }

  @Override
  public boolean hasParameters() {
    return false;
  }

  @Override
  public void forward(Kernels kernels) {
    for (int r = 0; r < out.rows(); r++) {
      row(out.value(), r).assign(row(x.value(), chosen(r)));
    }
  }

  @Override
  public void backward(Kernels kernels) {
    if (!x.differentiable()) {
      return;
    }
    if (x.claim() == 0) {
      x.gradient().assign(0);
    }
    for (int r = 0; r < out.rows(); r++) {
      row(x.gradient(), chosen(r)).addi(row(out.gradient(), r));
    }
  }

  /** The product may be rounded up to n. */
  private int chosen(int r) {
    return Math.min(x.rows() - 1, (int) (u.value().getDouble(r, 0) * x.rows()));
  }

  private static INDArray row(INDArray matrix, int r) {
    return matrix.getRow(r);
  }
}
