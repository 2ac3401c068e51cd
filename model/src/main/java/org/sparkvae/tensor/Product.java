package org.sparkvae.tensor;

/** A linear map whose gradient lies over its value: y = x weight. */
record Product(Kernels kernels, Matrix x, Parameter weight, Matrix y) implements Tape.Operation {

  @Override
  public void forward() {
    kernels.multiply(x.value(), false, weight.value(), false, 0, y.value());
  }

  @Override
  public void backward() {
    kernels.multiply(x.value(), true, y.gradient(), false, weight.claim(), weight.gradient());
    if (x.differentiable()) {
      kernels.multiply(y.gradient(), false, weight.value(), true, x.claim(), x.gradient());
    }
  }
}
