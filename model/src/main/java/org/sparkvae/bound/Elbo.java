package org.sparkvae.bound;

import java.util.Arrays;
import org.sparkvae.kinds.Setting;

/**
 * The evidence lower bound: the mean of the log-weights (Kingma & Welling, eq. 3 and 6).
 *
 * @param samples samples per image
 * @param kl how the KL term is computed
 */
public record Elbo(
    @Setting(least = 1) int samples,
    @Setting(
            says = "The KL term: in closed form, where there is one, or from the samples.",
            otherwise = "analytic")
        Kl kl)
    implements Bound {
  /** How the KL term is computed. */
  public enum Kl {
    /** In closed form, where the posterior and the prior have one. */
    ANALYTIC,
    /** From the same samples as the reconstruction. */
    MONTE_CARLO
  }

  public Elbo {
    Bound.requirePositive(samples);
  }

  @Override
  public boolean prefersClosedKl() {
    return kl == Kl.ANALYTIC;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    int images = values.length;
    int perImage = logWeights.length / images;
    Arrays.fill(values, 0);
    for (int r = 0; r < logWeights.length; r++) {
      values[r % images] += logWeights[r] / perImage;
    }
    Arrays.fill(weights, 1.0 / perImage);
  }

  @Override
  public String title() {
    return "ELBO";
  }
}
