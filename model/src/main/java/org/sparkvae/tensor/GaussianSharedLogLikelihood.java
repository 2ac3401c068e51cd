package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/** The Gaussian log-likelihood of images with one learned variance. */
final class GaussianSharedLogLikelihood implements Operation {
  private final Matrix x;
  private final Matrix means;
  private final Parameter raw;
  private final double minVariance;
  private final Rows out;
  private double[] rawDerivative;

  GaussianSharedLogLikelihood(Matrix x, Matrix means, Parameter raw, double minVariance, Rows out) {
    this.x = x;
    this.means = means;
    this.raw = raw;
    this.minVariance = minVariance;
    this.out = out;
  }

  @Override
  public List<Node> inputs() {
    return List.of(x, means);
  }

  @Override
  public void bind() {
    rawDerivative = new double[means.rows()];
  }

  @Override
  public void forward(Kernels kernels) {
    kernels.gaussianSharedLogLikelihood(
        x.value(),
        means.value(),
        raw.value(),
        minVariance,
        out.value(),
        means.gradient(),
        rawDerivative);
  }

  @Override
  public void backward(Kernels kernels) {
    kernels.scaleRows(means.gradient(), out.gradient());
    double sum = 0;
    for (int r = 0; r < rawDerivative.length; r++) {
      sum += rawDerivative[r] * out.gradient()[r];
    }
    double before = raw.claim() == 0 ? 0 : raw.gradient().getDouble(0);
    raw.gradient().putScalar(0, before + sum);
  }
}
