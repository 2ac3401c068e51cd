package org.sparkvae.likelihood;

import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent Gaussian pixels of one learned variance: the means are affine in the decoder's body,
 * the variance is minVariance + softplus(raw).
 */
public final class GaussianShared implements Likelihood {
  private final Head means;
  private final Parameter raw;
  private final int pixels;
  private final double minVariance;

  private GaussianShared(Head means, Parameter raw, int pixels, double minVariance) {
    this.means = means;
    this.raw = raw;
    this.pixels = pixels;
    this.minVariance = minVariance;
  }

  /** The bias starts at the mean image, the variance as {@link StartVariance} says. */
  static GaussianShared given(Recorder recorder, Matrix features, int pixels, double minVariance) {
    Head means = Head.of(recorder, features, pixels, new Start.OfMeanImage(float[]::clone));
    Start start = new Start.Constant(StartVariance.raw(minVariance));
    Parameter raw = recorder.vector("raw-variance", 1, start);
    return new GaussianShared(means, raw, pixels, minVariance);
  }

  @Override
  public Rows logDensity(Matrix x) {
    return means.recorder().gaussianSharedLogLikelihood(x, means.output(), raw, minVariance);
  }

  @Override
  public Matrix head() {
    return means.output();
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, mean -> mean);
  }
}
