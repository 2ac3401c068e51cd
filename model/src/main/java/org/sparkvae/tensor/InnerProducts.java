package org.sparkvae.tensor;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Inner products of rows with rows, plus an offset for each of the latter: out[r, k] = sum_i
 * left_i[r, :] . right_i[k, :] + sum_e offsets[k, e].
 */
final class InnerProducts implements Operation {
  private final List<Matrix> left;
  private final List<Matrix> right;
  private final Matrix offsets;
  private final Matrix out;
  private INDArray ones;
  private INDArray sums;
  private INDArray onesOfRows;

  /**
   * An operation.
   *
   * @param left each [rows, n_i]
   * @param right as many, each [k, n_i]
   * @param offsets [k, e]
   * @param out [rows, k]
   */
  InnerProducts(List<Matrix> left, List<Matrix> right, Matrix offsets, Matrix out) {
    this.left = List.copyOf(left);
    this.right = List.copyOf(right);
    this.offsets = offsets;
    this.out = out;
  }

  @Override
  public List<Node> inputs() {
    return Stream.of(left, right, List.of(offsets))
        .flatMap(List::stream)
        .map(Node.class::cast)
        .toList();
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void bind() {
    var type = out.value().dataType();
    ones = Nd4j.ones(type, 1, offsets.columns());
    sums = Nd4j.create(type, 1, out.columns());
    if (offsets.differentiable()) {
      onesOfRows = Nd4j.ones(type, out.rows(), offsets.columns());
    }
  }

  @Override
  public void forward(Kernels kernels) {
    for (int i = 0; i < left.size(); i++) {
      kernels.multiply(
          left.get(i).value(), false, right.get(i).value(), true, i == 0 ? 0 : 1, out.value());
    }
    kernels.multiply(ones, false, offsets.value(), true, 0, sums);
    kernels.activate(out.value(), sums, Activation.IDENTITY);
  }

  @Override
  public void backward(Kernels kernels) {
    for (int i = 0; i < left.size(); i++) {
      Matrix x = left.get(i);
      Matrix y = right.get(i);
      if (x.differentiable()) {
        kernels.multiply(out.gradient(), false, y.value(), false, x.claim(), x.gradient());
      }
      if (y.differentiable()) {
        kernels.multiply(out.gradient(), true, x.value(), false, y.claim(), y.gradient());
      }
    }
    if (offsets.differentiable()) {
      kernels.multiply(
          out.gradient(), true, onesOfRows, false, offsets.claim(), offsets.gradient());
    }
  }

  @Override
  public double flops() {
    return 2.0 * out.rows() * out.columns() * left.stream().mapToInt(Matrix::columns).sum();
  }
}
