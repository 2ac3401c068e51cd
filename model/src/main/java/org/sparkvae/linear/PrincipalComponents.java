package org.sparkvae.linear;

import java.util.Arrays;

/**
 * Probabilistic PCA of maximum likelihood (Tipping & Bishop, "Probabilistic principal component
 * analysis", 1999, eqs. 7 and 8).
 *
 * <p>With the eigenvalues l_1 >= l_2 >= ... of the images' covariance and their eigenvectors u_i:
 * the noise's variance s^2 is the mean of the eigenvalues after the first {@code latent}, and
 * column i of W is sqrt(l_i - s^2) u_i. Then W^T W is diagonal, and so is the posterior's
 * precision.
 */
public final class PrincipalComponents {
  private PrincipalComponents() {}

  /**
   * The model of some images.
   *
   * @param latent dimensions of z, below the images' values
   * @param least the noise's variance at least; where the images leave it less, the model is that
   *     of maximum likelihood among those with this variance
   */
  public static LinearGaussian of(Covariance images, int latent, double least) {
    Eigenvectors axes = Eigenvectors.of(images.matrix(), images.values(), latent);
    double kept = Arrays.stream(axes.values()).sum();
    double left = (images.trace() - kept) / (images.values() - latent);
    double variance = Math.max(least, left);
    double[][] loadings = axes.vectors();
    for (int k = 0; k < latent; k++) {
      double length = Math.sqrt(Math.max(0, axes.values()[k] - variance));
      for (int i = 0; i < loadings[k].length; i++) {
        loadings[k][i] *= length;
      }
    }
    double[] variances = new double[images.values()];
    Arrays.fill(variances, variance);
    return new LinearGaussian(images.mean(), loadings, variances);
  }
}
