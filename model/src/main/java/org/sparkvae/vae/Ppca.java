package org.sparkvae.vae;

import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.linear.Covariance;
import org.sparkvae.linear.PrincipalComponents;

/**
 * Probabilistic PCA (Tipping & Bishop, "Probabilistic principal component analysis", 1999): x =
 * mean + W z + s e, z and e standard normal.
 *
 * <p>Of maximum likelihood, in closed form, is W = U (L - s^2 I)^(1/2), U and L being the largest
 * eigenvalues of the images' covariance and their eigenvectors, and s^2 the mean of the other
 * eigenvalues (eqs. 7 and 8, their R being I).
 *
 * @param latent dimensions of z
 * @param minVariance the lower bound of s^2, in squared pixel units (pixels lie in [0, 1])
 */
public record Ppca(
    @Setting(least = 1) int latent,
    @Setting(
            says = "Lower bound of the noise's variance, pixels being in [0, 1].",
            otherwise = "1e-6",
            above = 0)
        double minVariance)
    implements LinearModel {
  public Ppca {
    if (latent < 1) {
      throw new IllegalArgumentException("PPCA needs at least 1 latent dimension, not " + latent);
    }
  }

  @Override
  public LinearVae wiring() {
    return new LinearVae(latent, new Gaussian(Gaussian.Variance.SHARED, minVariance));
  }

  @Override
  public Estimate estimate(Covariance images) {
    return new Estimate(
        PrincipalComponents.of(images, latent, wiring().leastVariance()), "in closed form");
  }

  @Override
  public String title() {
    return "probabilistic PCA";
  }
}
