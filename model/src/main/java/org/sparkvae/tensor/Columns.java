package org.sparkvae.tensor;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.tensor.kernels.Kernels;

/** Consecutive columns of a matrix, copied: out = x[:, first .. first + out's columns). */
final class Columns implements Operation {
  private final Matrix x;
  private final int first;
  private final Matrix out;
  private INDArray value;
  private INDArray gradient;

  Columns(Matrix x, int first, Matrix out) {
    this.x = x;
    this.first = first;
    this.out = out;
  }

  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public void bind() {
    value = part(x.value());
    gradient = x.differentiable() ? part(x.gradient()) : null;
  }

  private INDArray part(INDArray whole) {
    return whole.get(
        NDArrayIndex.all(), NDArrayIndex.interval(first, (long) first + out.columns()));
  }

  @Override
  public void forward(Kernels kernels) {
    out.value().assign(value);
  }

  @Override
  public void backward(Kernels kernels) {
    if (gradient != null) {
      if (x.claim() == 0) {
        x.gradient().assign(0);
      }
      gradient.addi(out.gradient());
    }
  }
}
