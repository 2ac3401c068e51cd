package org.sparkvae.tensor;

/** The Gaussian log-likelihood of images with a variance per pixel. */
record GaussianLogLikelihood(Kernels kernels, Matrix x, Matrix packed, double minVariance, Rows out)
    implements Tape.Operation {

  @Override
  public void forward() {
    kernels.gaussianLogLikelihood(
        x.value(), packed.value(), minVariance, out.value(), packed.gradient());
  }

  @Override
  public void backward() {
    kernels.scaleRows(packed.gradient(), out.gradient());
  }
}
