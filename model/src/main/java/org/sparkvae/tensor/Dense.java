package org.sparkvae.tensor;

/** An affine map and an activation: y = f(x weight + bias). */
record Dense(Kernels kernels, Matrix x, Parameter weight, Parameter bias, Activation f, Matrix y)
    implements Tape.Operation {

  @Override
  public void forward() {
    kernels.multiply(x.value(), false, weight.value(), false, 0, y.value());
    kernels.activate(y.value(), bias.value(), f);
  }

  @Override
  public void backward() {
    kernels.activateBackward(y.value(), y.gradient(), f, bias.claim(), bias.gradient());
    kernels.multiply(x.value(), true, y.gradient(), false, weight.claim(), weight.gradient());
    if (x.differentiable()) {
      kernels.multiply(y.gradient(), false, weight.value(), true, x.claim(), x.gradient());
    }
  }
}
