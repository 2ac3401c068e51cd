package org.sparkvae.likelihood;

import java.util.Arrays;
import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

/**
 * Independent Gaussian pixels, each with a variance of its own from the decoder: the head gives the
 * means, then raws r with variance = minVariance + softplus(r) (Kingma & Welling, appendix C.2).
 */
public final class GaussianPerPixel implements Likelihood {
  private final Head packed;
  private final int pixels;
  private final double minVariance;

  private GaussianPerPixel(Head packed, int pixels, double minVariance) {
    this.packed = packed;
    this.pixels = pixels;
    this.minVariance = minVariance;
  }

  static GaussianPerPixel given(
      Recorder recorder, Matrix features, int pixels, double minVariance) {
    Start start = new Start.OfMeanImage(mean -> start(mean, minVariance));
    return new GaussianPerPixel(
        Head.of(recorder, features, 2 * pixels, start), pixels, minVariance);
  }

  /** The means' bias starts at the mean image, the variances as {@link StartVariance} says. */
  private static float[] start(float[] meanImage, double minVariance) {
    int pixels = meanImage.length;
    float[] bias = Arrays.copyOf(meanImage, 2 * pixels);
    Arrays.fill(bias, pixels, 2 * pixels, StartVariance.raw(minVariance));
    return bias;
  }

  @Override
  public Rows logDensity(Matrix x) {
    return packed.recorder().gaussianLogLikelihood(x, packed.output(), minVariance);
  }

  @Override
  public Matrix head() {
    return packed.output();
  }

  @Override
  public float[][] meanImages(Kernels kernels, Matrix head) {
    return MeanImages.of(kernels, head, pixels, mean -> mean);
  }
}
