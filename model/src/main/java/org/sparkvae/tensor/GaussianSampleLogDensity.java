package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The log-density of a reparameterised sample under its own Gaussian. */
record GaussianSampleLogDensity(Matrix packed, Matrix noise, Rows out) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(packed, noise);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.gaussianSampleLogDensity(packed.value(), noise.value(), out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (packed.differentiable()) {
      kernels.gaussianSampleLogDensityBackward(out.gradient(), packed.claim(), packed.gradient());
    }
  }
}
