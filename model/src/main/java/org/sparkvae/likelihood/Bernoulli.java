package org.sparkvae.likelihood;

import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent Bernoulli pixels: log p(x|z) = sum_d x_d l_d - log(1 + e^l_d), with the logits l
 * affine in the decoder's body (Kingma & Welling, appendix C.1).
 */
public final class Bernoulli implements Likelihood {
  private final Head logits;
  private final int pixels;

  private Bernoulli(Head logits, int pixels) {
    this.logits = logits;
    this.pixels = pixels;
  }

  static Bernoulli given(Recorder recorder, Matrix features, int pixels) {
    return new Bernoulli(
        Head.of(recorder, features, pixels, new Start.OfMeanImage(Bernoulli::start)), pixels);
  }

  /** The bias starts at the logit of the mean image, clipped to 0.001 .. 0.999. */
  private static float[] start(float[] meanImage) {
    float[] logits = new float[meanImage.length];
    for (int d = 0; d < logits.length; d++) {
      double p = Math.min(0.999, Math.max(0.001, meanImage[d]));
      logits[d] = (float) StrictMath.log(p / (1 - p));
    }
    return logits;
  }

  @Override
  public Rows logDensity(Matrix x) {
    return logits.recorder().bernoulliLogLikelihood(x, logits.product(), logits.bias());
  }

  @Override
  public Matrix head() {
    return logits.output();
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, logit -> 1 / (1 + Math.exp(-logit)));
  }
}
