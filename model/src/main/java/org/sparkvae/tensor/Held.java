package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The values of a matrix, which no derivative flows through. */
record Held(Matrix x, Matrix out) implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public boolean differentiable() {
    return false;
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.copy(x.value(), out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    throw new IllegalStateException("no derivative flows through what is held");
  }
}
