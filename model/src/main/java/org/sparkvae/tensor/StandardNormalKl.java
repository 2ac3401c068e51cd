package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The KL divergence from a packed diagonal Gaussian to a standard normal. */
record StandardNormalKl(Matrix packed, Rows out) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(packed);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.standardNormalKl(packed.value(), out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (packed.differentiable()) {
      kernels.standardNormalKlBackward(
          packed.value(), out.gradient(), packed.claim(), packed.gradient());
    }
  }
}
