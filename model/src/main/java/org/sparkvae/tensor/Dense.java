package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.Kernels;

/** An affine map and an activation: y = f(x weight + bias). */
record Dense(Matrix x, Parameter weight, Parameter bias, Activation f, Matrix y)
    implements Operation {
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
    kernels.activate(y.value(), bias.value(), f);
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.activateBackward(y.value(), y.gradient(), f);
    kernels.aside(() -> byParameters(kernels));
    if (x.differentiable()) {
      kernels.multiply(y.gradient(), false, weight.value(), true, x.claim(), x.gradient());
    }
  }

  private void byParameters(Kernels kernels) {
    if (bias.differentiable()) {
      kernels.sumColumns(y.gradient(), bias.claim(), bias.gradient());
    }
    if (weight.differentiable()) {
      kernels.multiply(x.value(), true, y.gradient(), false, weight.claim(), weight.gradient());
    }
  }

  @Override
  public double flops() {
    return 2.0 * x.rows() * x.columns() * y.columns();
  }
}
