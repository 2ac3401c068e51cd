package org.sparkvae.vae;

import java.util.Locale;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.linear.Covariance;
import org.sparkvae.linear.FactorEm;

/**
 * Factor analysis: x = mean + W z + e, z standard normal, and e normal with a variance of its own
 * for each value.
 *
 * <p>Found by the EM algorithm on the images' covariance (Rubin & Thayer, "EM algorithms for ML
 * factor analysis", 1982), then rotated until the posterior's dimensions are independent: what W
 * W^T is decides the likelihood alone. A value that is the same in all images would have a variance
 * of 0, and all of the likelihood; hence the lower bound.
 *
 * @param latent dimensions of z
 * @param minVariance the lower bound of the variances, in squared pixel units (pixels lie in [0,
 *     1])
 * @param iterations of EM, at most
 * @param tolerance nats per image that an iteration must bring to be followed by another
 */
public record FactorAnalysis(
    @Setting(least = 1) int latent,
    @Setting(
            says = "Lower bound of each pixel's variance of the noise, pixels being in [0, 1].",
            otherwise = "1e-3",
            above = 0)
        double minVariance,
    @Setting(says = "Iterations of EM, at most.", otherwise = "1000", least = 1) int iterations,
    @Setting(
            says = "EM ends with an iteration that brings less, in nats per image.",
            otherwise = "1e-4",
            least = 0)
        double tolerance)
    implements LinearModel {
  public FactorAnalysis {
    if (latent < 1) {
      throw new IllegalArgumentException(
          "factor analysis needs at least 1 latent dimension, not " + latent);
    }
  }

  @Override
  public LinearVae wiring() {
    return new LinearVae(latent, new Gaussian(Gaussian.Variance.PER_PIXEL, minVariance));
  }

  @Override
  public Estimate estimate(Covariance images) {
    try (FactorEm em = new FactorEm(images, latent, wiring().leastVariance())) {
      int taken = 0;
      double gain = Double.POSITIVE_INFINITY;
      while (taken < iterations && gain >= tolerance) {
        double before = em.logLikelihood();
        em.step();
        taken++;
        gain = em.logLikelihood() - before;
      }
      return new Estimate(
          em.model().rotated(),
          String.format(
              Locale.ROOT,
              "by EM in %,d iterations, of which the last brought %.1e nats/image",
              taken,
              gain));
    }
  }

  @Override
  public String title() {
    return "factor analysis";
  }
}
