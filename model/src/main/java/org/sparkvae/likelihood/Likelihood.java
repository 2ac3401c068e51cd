package org.sparkvae.likelihood;

import org.sparkvae.tensor.Kernels;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** p(x|z) on the decoder's body: an affine head and the density it parameterises. */
public sealed interface Likelihood permits Bernoulli, GaussianPerPixel, GaussianShared {

  /** log p(x|z) per row, nats: x [images, pixels] -> [samples * images]. */
  Rows logDensity(Matrix x);

  /** Records the head that {@link #meanImages} reads, [rows, columns]. */
  Matrix head();

  /** E[x|z] from the head, clipped to [0, 1]: [rows][pixels]. */
  float[][] meanImages(Kernels kernels, Matrix head);

  /**
   * Records the likelihood of a spec, on the decoder's body.
   *
   * @param features [samples * images, n], sample-major
   * @param pixels values per image
   */
  static Likelihood given(LikelihoodSpec spec, Recorder recorder, Matrix features, int pixels) {
    if (spec instanceof LikelihoodSpec.Gaussian gaussian) {
      return switch (gaussian.variance()) {
        case PER_PIXEL ->
            GaussianPerPixel.given(recorder, features, pixels, gaussian.minVariance());
        case SHARED -> GaussianShared.given(recorder, features, pixels, gaussian.minVariance());
      };
    }
    return Bernoulli.given(recorder, features, pixels);
  }
}
