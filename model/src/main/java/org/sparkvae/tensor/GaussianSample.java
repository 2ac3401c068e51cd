package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** A reparameterised sample of a packed diagonal Gaussian. */
record GaussianSample(Matrix packed, Matrix noise, Matrix z) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(packed, noise);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.gaussianSample(packed.value(), noise.value(), z.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (packed.differentiable()) {
      kernels.gaussianSampleBackward(
          packed.value(), noise.value(), z.gradient(), packed.claim(), packed.gradient());
    }
  }
}
