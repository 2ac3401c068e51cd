package org.sparkvae.tensor;

/** A reparameterised sample of a packed diagonal Gaussian. */
record GaussianSample(Kernels kernels, Matrix packed, Matrix noise, Matrix z)
    implements Tape.Operation {

  @Override
  public void forward() {
    kernels.gaussianSample(packed.value(), noise.value(), z.value());
  }

  @Override
  public void backward() {
    if (packed.differentiable()) {
      kernels.gaussianSampleBackward(
          packed.value(), noise.value(), z.gradient(), packed.claim(), packed.gradient());
    }
  }
}
