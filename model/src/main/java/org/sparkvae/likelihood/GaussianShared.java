package org.sparkvae.likelihood;

import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Affine;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/**
 * Independent Gaussian pixels of one learned variance: the means are affine in the decoder's body,
 * the variance is minVariance + softplus(raw).
 *
 * @param features width of the decoder's body
 * @param pixels values per image
 * @param minVariance the variance's lower bound
 */
public record GaussianShared(int features, int pixels, double minVariance) implements Likelihood {
  private static final String RAW = "likelihood.raw-variance";

  @Override
  public void declare(ParameterLayout.Builder layout) {
    affine().declare(layout);
    layout.bias(RAW, 1);
  }

  @Override
  public Rows logLikelihood(Tape tape, Parameters parameters, Matrix x, Matrix h) {
    return tape.gaussianSharedLogLikelihood(
        x, head(tape, parameters, h), parameters.vector(RAW), minVariance);
  }

  @Override
  public Matrix head(Tape tape, Parameters parameters, Matrix h) {
    return affine().append(tape, parameters, h, Activation.IDENTITY);
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, mean -> mean);
  }

  /** The bias starts at the mean image, the variance as {@link StartVariance} says. */
  @Override
  public void initialise(Kernels kernels, Parameters parameters, float[] meanImage) {
    kernels.copyIn(meanImage, affine().bias(parameters).value());
    kernels.copyIn(new float[] {StartVariance.raw(minVariance)}, parameters.vector(RAW).value());
  }

  private Affine affine() {
    return new Affine("likelihood", features, pixels);
  }
}
