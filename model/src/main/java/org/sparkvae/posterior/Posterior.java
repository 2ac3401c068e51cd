package org.sparkvae.posterior;

import java.io.Serializable;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** A family of posteriors q(z|x). */
public sealed interface Posterior extends Serializable permits DiagonalGaussian, Chain, Planar {
  /**
   * Records the member that the encoder's body chooses for each image.
   *
   * @param features the body, [images, n]
   * @param latent dimensions of z
   */
  Samplable given(Recorder recorder, Matrix features, int latent);
}
