package org.sparkvae.likelihood;

import java.util.Arrays;
import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Affine;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/**
 * Independent Gaussian pixels, each with a variance of its own from the decoder: the head gives the
 * means, then raws r with variance = minVariance + softplus(r) (Kingma & Welling, appendix C.2).
 *
 * @param features width of the decoder's body
 * @param pixels values per image
 * @param minVariance the variance's lower bound
 */
public record GaussianPerPixel(int features, int pixels, double minVariance) implements Likelihood {
  @Override
  public void declare(ParameterLayout.Builder layout) {
    affine().declare(layout);
  }

  @Override
  public Rows logLikelihood(Tape tape, Parameters parameters, Matrix x, Matrix h) {
    return tape.gaussianLogLikelihood(x, head(tape, parameters, h), minVariance);
  }

  @Override
  public Matrix head(Tape tape, Parameters parameters, Matrix h) {
    return affine().append(tape, parameters, h, Activation.IDENTITY);
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, mean -> mean);
  }

  /** The means' bias starts at the mean image, the variances as {@link StartVariance} says. */
  @Override
  public void initialise(Kernels kernels, Parameters parameters, float[] meanImage) {
    float[] bias = Arrays.copyOf(meanImage, 2 * pixels);
    Arrays.fill(bias, pixels, 2 * pixels, StartVariance.raw(minVariance));
    kernels.copyIn(bias, affine().bias(parameters).value());
  }

  private Affine affine() {
    return new Affine("likelihood", features, 2 * pixels);
  }
}
