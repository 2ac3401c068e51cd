package org.sparkvae.posterior;

import java.util.Optional;
import org.sparkvae.density.GaussianSample;
import org.sparkvae.density.GaussianSampleLogDensity;
import org.sparkvae.density.StandardNormalKl;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Gaussians of independent dimensions, q(z|x) = N(z; mean(x), diag exp(log-variance(x))) (Kingma &
 * Welling, section 3).
 *
 * <p>An affine head on the body, weight [n, 2 latent] and bias [2 latent], gives the means, then
 * the log-variances.
 */
public record DiagonalGaussian() implements Posterior {
  @Override
  public Samplable given(Recorder recorder, Matrix features, int latent) {
    Matrix packed = recorder.dense(features, 2 * latent, Activation.IDENTITY);
    return new Given(recorder, packed, latent);
  }

  /**
   * The Gaussian of each image.
   *
   * @param packed [images, 2 latent]
   */
  private record Given(Recorder recorder, Matrix packed, int latent) implements Samplable {
    @Override
    public Drawn draw() {
      Matrix noise = recorder.normal(latent);
      Matrix z = GaussianSample.of(recorder, packed, noise);
      return new Drawn(z, GaussianSampleLogDensity.of(recorder, packed, noise));
    }

    @Override
    public Matrix mean() {
      return recorder.columns(packed, 0, latent);
    }

    @Override
    public Optional<Matrix> logVariance() {
      return Optional.of(recorder.columns(packed, latent, latent));
    }

    @Override
    public Optional<Rows> klToStandardNormal() {
      return Optional.of(StandardNormalKl.of(recorder, packed));
    }
  }
}
