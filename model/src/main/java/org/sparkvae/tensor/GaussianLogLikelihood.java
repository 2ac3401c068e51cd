package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The Gaussian log-likelihood of images with a variance per pixel. */
record GaussianLogLikelihood(Matrix x, Matrix packed, double minVariance, Rows out)
    implements Operation {
  @Override
  public List<Node> inputs() {
    return List.of(x, packed);
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.gaussianLogLikelihood(
        x.value(), packed.value(), minVariance, out.value(), packed.gradient());
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.scaleRows(packed.gradient(), out.gradient());
  }
}
