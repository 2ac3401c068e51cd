package org.sparkvae.posterior;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** A family of posteriors q(z|x). */
public sealed interface Posterior extends Serializable
    permits DiagonalGaussian,
        Chain,
        Grid,
        FullCovariance,
        Planar,
        Householder,
        Iaf,
        Sylvester,
        Bernoulli {
  /**
   * Records the parameters of the member that the encoder's body chooses for each image, each
   * [images, n]: any values are a member's.
   *
   * @param features the body, [images, n]
   * @param latent dimensions of z
   */
  List<Matrix> parameters(Recorder recorder, Matrix features, int latent);

  /**
   * Records the member of such parameters.
   *
   * @param parameters as {@link #parameters} gives them, whoever has set them
   * @param latent dimensions of z
   */
  Samplable of(Recorder recorder, List<Matrix> parameters, int latent);

  /**
   * Those of a member's parameters that a few steps of gradient ascent on an image's bound may
   * move: of a base family means and deviations. Bends of space and links of all dimensions are so
   * many that steps of one size would tear it apart.
   *
   * @param parameters as {@link #parameters} gives them
   */
  default List<Matrix> movable(List<Matrix> parameters) {
    return parameters;
  }

  /** Why it has no member of so many dimensions; empty where it has. */
  default Optional<Misfit> misfit(int latent) {
    return Optional.empty();
  }

  /** The family of what generates such codes from a layer above them: of numbers, or of bits. */
  default Posterior generative() {
    return new DiagonalGaussian();
  }

  /** Why it is no base of maps that bend codes of so many dimensions; empty where it is one. */
  default Optional<Misfit> misfitAsBase(int latent) {
    return misfit(latent);
  }

  /** Records the member that the encoder's body chooses for each image. */
  default Samplable given(Recorder recorder, Matrix features, int latent) {
    return of(recorder, parameters(recorder, features, latent), latent);
  }
}
