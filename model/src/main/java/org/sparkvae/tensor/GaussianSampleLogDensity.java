package org.sparkvae.tensor;

/** The log-density of a reparameterised sample under its own Gaussian. */
record GaussianSampleLogDensity(Kernels kernels, Matrix packed, Matrix noise, Rows out)
    implements Tape.Operation {

  @Override
  public void forward() {
    kernels.gaussianSampleLogDensity(packed.value(), noise.value(), out.value());
  }

  @Override
  public void backward() {
    if (packed.differentiable()) {
      kernels.gaussianSampleLogDensityBackward(out.gradient(), packed.claim(), packed.gradient());
    }
  }
}
