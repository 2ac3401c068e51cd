package org.sparkvae.likelihood;

import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Parameters;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Tape;

/** p(x|z) on the decoder's body: an affine head and the density it parameterises. */
public sealed interface Likelihood permits Bernoulli, GaussianPerPixel, GaussianShared {

  /** Adds its parameters to a layout. */
  void declare(ParameterLayout.Builder layout);

  /**
   * log p(x|z) per row, nats.
   *
   * @param x [images, pixels]
   * @param h the decoder's body, [samples * images, features], sample-major
   */
  Rows logLikelihood(Tape tape, Parameters parameters, Matrix x, Matrix h);

  /**
   * Appends the head that {@link #meanImages} reads.
   *
   * @param h the decoder's body, [rows, features]
   */
  Matrix head(Tape tape, Parameters parameters, Matrix h);

  /** E[x|z] from the head, clipped to [0, 1]: [rows][pixels]. */
  float[][] meanImages(Kernels kernels, Matrix head);

  /**
   * Sets the parameters that start at the training data rather than at zero.
   *
   * @param meanImage [pixels], in [0, 1]
   */
  void initialise(Kernels kernels, Parameters parameters, float[] meanImage);

  /** The likelihood of a spec, on a decoder's body of so many features. */
  static Likelihood of(LikelihoodSpec spec, int features, int pixels) {
    if (spec instanceof LikelihoodSpec.Gaussian gaussian) {
      return switch (gaussian.variance()) {
        case PER_PIXEL -> new GaussianPerPixel(features, pixels, gaussian.minVariance());
        case SHARED -> new GaussianShared(features, pixels, gaussian.minVariance());
      };
    }
    return new Bernoulli(features, pixels);
  }
}
