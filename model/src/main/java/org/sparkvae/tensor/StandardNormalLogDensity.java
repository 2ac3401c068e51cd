package org.sparkvae.tensor;

/** The log-density of each row under a standard normal. */
record StandardNormalLogDensity(Kernels kernels, Matrix z, Rows out) implements Tape.Operation {

  @Override
  public void forward() {
    kernels.standardNormalLogDensity(z.value(), out.value());
  }

  @Override
  public void backward() {
    if (z.differentiable()) {
      kernels.standardNormalLogDensityBackward(z.value(), out.gradient(), z.claim(), z.gradient());
    }
  }
}
