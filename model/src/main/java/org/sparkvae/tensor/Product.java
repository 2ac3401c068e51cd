package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** A linear map: y = x weight. */
record Product(Matrix x, Parameter weight, Matrix y) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.multiply(x.value(), false, weight.value(), false, 0, y.value());
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.aside(() -> byWeight(kernels));
    if (x.differentiable()) {
      kernels.multiply(y.gradient(), false, weight.value(), true, x.claim(), x.gradient());
    }
  }

  private void byWeight(Kernels kernels) {
    if (weight.differentiable()) {
      kernels.multiply(x.value(), true, y.gradient(), false, weight.claim(), weight.gradient());
    }
  }

  @Override
  public double flops() {
    return 2.0 * x.rows() * x.columns() * y.columns();
  }
}
