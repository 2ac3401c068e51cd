package org.sparkvae.tensor;

/** The KL divergence from a packed diagonal Gaussian to a standard normal. */
record StandardNormalKl(Kernels kernels, Matrix packed, Rows out) implements Tape.Operation {

  @Override
  public void forward() {
    kernels.standardNormalKl(packed.value(), out.value());
  }

  @Override
  public void backward() {
    if (packed.differentiable()) {
      kernels.standardNormalKlBackward(
          packed.value(), out.gradient(), packed.claim(), packed.gradient());
    }
  }
}
