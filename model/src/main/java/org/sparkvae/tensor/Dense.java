package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.tensor.kernels.AffineBackward;
import org.sparkvae.tensor.kernels.AffineBackward.Share;
import org.sparkvae.tensor.kernels.Kernels;

/** An affine map and an activation: y = f(x weight + bias). */
record Dense(Matrix x, Parameter weight, Parameter bias, Activation f, Matrix y)
    implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.affine(x.value(), weight.value(), bias.value(), f, y.value());
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.affineBackward(
        new AffineBackward(
            x.value(),
            weight.value(),
            y.value(),
            y.gradient(),
            y.isObserved(),
            f,
            bias.differentiable() ? new Share(bias.claim(), bias.gradient()) : null,
            weight.differentiable() ? new Share(weight.claim(), weight.gradient()) : null,
            x.differentiable() ? new Share(x.claim(), x.gradient()) : null));
  }

  @Override
  public double flops() {
    return 2.0 * x.rows() * x.columns() * y.columns();
  }
}
