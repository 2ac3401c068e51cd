package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The log-density of each row under a standard normal. */
record StandardNormalLogDensity(Matrix z, Rows out) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(z);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.standardNormalLogDensity(z.value(), out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (z.differentiable()) {
      kernels.standardNormalLogDensityBackward(z.value(), out.gradient(), z.claim(), z.gradient());
    }
  }
}
