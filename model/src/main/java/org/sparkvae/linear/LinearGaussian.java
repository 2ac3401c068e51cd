package org.sparkvae.linear;

/**
 * The model x = mean + W z + noise, z ~ N(0, I), the noise normal and independent of value to
 * value: x ~ N(mean, W W^T + diag(variances)).
 *
 * @param mean [values]
 * @param loadings W^T, [latent][values]
 * @param variances of the noise, [values]
 */
public record LinearGaussian(double[] mean, double[][] loadings, double[] variances) {
  /** Dimensions of z. */
  public int latent() {
    return loadings.length;
  }

  /** Values per image. */
  public int values() {
    return mean.length;
  }

  /** Of each dimension of z the loadings over the noise's variances, [latent][values]. */
  public double[][] precise() {
    double[][] precise = new double[latent()][values()];
    for (int k = 0; k < latent(); k++) {
      for (int i = 0; i < values(); i++) {
        precise[k][i] = loadings[k][i] / variances[i];
      }
    }
    return precise;
  }

  /** The precision of z where x is known, M = I + W^T diag(variances)^-1 W, [latent][latent]. */
  public double[][] precision() {
    double[][] precision = Products.inner(precise(), loadings);
    for (int k = 0; k < latent(); k++) {
      precision[k][k] += 1;
    }
    return precision;
  }

  /**
   * The mean over images of KL(p(z|x) || N(0, I)), nats, where the precision of z is diagonal and
   * the images' mean is the model's.
   */
  public double meanKl(Covariance images) {
    double[][] precise = precise();
    double[][] precision = precision();
    double kl = 0;
    for (int k = 0; k < latent(); k++) {
      double variance = 1 / precision[k][k];
      double ofMeans = variance * variance * images.along(precise[k]);
      kl += 0.5 * (variance + ofMeans - 1 - Math.log(variance));
    }
    return kl;
  }

  /**
   * The same density with z rotated so that its precision where x is known is diagonal, falling:
   * then the posterior is a Gaussian of independent dimensions.
   */
  public LinearGaussian rotated() {
    int latent = latent();
    double[] flat = new double[latent * latent];
    double[][] precision = precision();
    for (int k = 0; k < latent; k++) {
      System.arraycopy(precision[k], 0, flat, k * latent, latent);
    }
    double[][] axes = Eigenvectors.of(flat, latent, latent).vectors();
    return new LinearGaussian(mean, Products.times(axes, loadings), variances);
  }
}
