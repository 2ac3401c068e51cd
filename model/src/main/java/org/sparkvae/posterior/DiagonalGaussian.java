package org.sparkvae.posterior;

import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The posterior q(z|x) = N(z; mean(x), diag exp(log-variance(x))): an affine head on the encoder's
 * body, weight [features, 2 latent] and bias [2 latent], gives both.
 *
 * @param recorder of the recording
 * @param packed the means, then the log-variances, [images, 2 latent]
 */
public record DiagonalGaussian(Recorder recorder, Matrix packed) {
  /**
   * Records it on the encoder's body.
   *
   * @param features [images, n]
   * @param latent dimensions of z
   */
  public static DiagonalGaussian given(Recorder recorder, Matrix features, int latent) {
    return new DiagonalGaussian(
        recorder, recorder.dense(features, 2 * latent, Activation.IDENTITY));
  }

  /** z = mean + exp(log-variance / 2) noise, [samples * images, latent]. */
  public Matrix sample(Matrix noise) {
    return recorder.gaussianSample(packed, noise);
  }

  /** log q(z|x) of that sample, per row, nats. */
  public Rows logDensity(Matrix noise) {
    return recorder.gaussianSampleLogDensity(packed, noise);
  }
}
