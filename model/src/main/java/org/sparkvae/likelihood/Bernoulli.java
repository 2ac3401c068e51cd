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
 * Independent Bernoulli pixels: log p(x|z) = sum_d x_d l_d - log(1 + e^l_d), with the logits l
 * affine in the decoder's body (Kingma & Welling, appendix C.1).
 *
 * @param features width of the decoder's body
 * @param pixels values per image
 */
public record Bernoulli(int features, int pixels) implements Likelihood {
  @Override
  public void declare(ParameterLayout.Builder layout) {
    affine().declare(layout);
  }

  @Override
  public Rows logLikelihood(Tape tape, Parameters parameters, Matrix x, Matrix h) {
    Matrix logits = tape.product(h, affine().weight(parameters));
    return tape.bernoulliLogLikelihood(x, logits, affine().bias(parameters));
  }

  @Override
  public Matrix head(Tape tape, Parameters parameters, Matrix h) {
    return affine().append(tape, parameters, h, Activation.IDENTITY);
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, logit -> 1 / (1 + Math.exp(-logit)));
  }

  /** The bias starts at the logit of the mean image, clipped to 0.001 .. 0.999. */
  @Override
  public void initialise(Kernels kernels, Parameters parameters, float[] meanImage) {
    float[] logits = new float[pixels];
    for (int d = 0; d < pixels; d++) {
      double p = Math.min(0.999, Math.max(0.001, meanImage[d]));
      logits[d] = (float) StrictMath.log(p / (1 - p));
    }
    kernels.copyIn(logits, affine().bias(parameters).value());
  }

  private Affine affine() {
    return new Affine("likelihood", features, pixels);
  }
}
