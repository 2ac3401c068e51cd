package org.sparkvae.posterior;

import org.sparkvae.tensor.Activation;
import org.sparkvae.tensor.Affine;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/**
 * The posterior q(z|x) = N(z; mean(x), diag exp(log-variance(x))): an affine head on the encoder's
 * body gives both, packed as [images, 2 latent].
 *
 * @param features width of the encoder's body
 * @param latent dimensions of z
 */
public record DiagonalGaussian(int features, int latent) {
  /** Adds its parameters: posterior.weight [features, 2 latent], posterior.bias [2 latent]. */
  public void declare(ParameterLayout.Builder layout) {
    head().declare(layout);
  }

  /** Means and log-variances: h [images, features] -> packed [images, 2 latent]. */
  public Matrix packed(Tape tape, Parameters parameters, Matrix h) {
    return head().append(tape, parameters, h, Activation.IDENTITY);
  }

  /** z = mean + exp(log-variance / 2) noise, [samples * images, latent]. */
  public Matrix sample(Tape tape, Matrix packed, Matrix noise) {
    return tape.gaussianSample(packed, noise);
  }

  /** log q(z|x) of that sample, per row, nats. */
  public Rows logDensity(Tape tape, Matrix packed, Matrix noise) {
    return tape.gaussianSampleLogDensity(packed, noise);
  }

  private Affine head() {
    return new Affine("posterior", features, 2 * latent);
  }
}
