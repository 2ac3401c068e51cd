package org.sparkvae.bound;

import java.util.Arrays;
import org.sparkvae.kinds.Setting;

/**
 * The evidence lower bound: the mean of the log-weights (Kingma & Welling, eq. 3 and 6).
 *
 * <p>Free bits L > 0 let each latent dimension j hold L nats at no further cost: the KL term
 * becomes sum_j max(L, mean KL(q(z_j|x) || p(z_j))), the mean being over the images of the
 * minibatch (Kingma et al., "Improving variational inference with inverse autoregressive flow",
 * 2016, eq. 15).
 *
 * @param samples samples per image
 * @param kl how the KL term is computed
 * @param freeBits L, nats; 0 for the bound itself
 */
public record Elbo(
    @Setting(least = 1) int samples,
    @Setting(
            says = "The KL term: in closed form, where there is one, or from the samples.",
            otherwise = "analytic")
        Kl kl,
    @Setting(
            says =
                "Nats that the KL of each latent dimension, averaged over a minibatch, counts at"
                    + " least; above 0 the objective is not the bound.",
            otherwise = "0.0",
            least = 0)
        double freeBits)
    implements Bound {
  /** How the KL term is computed. */
  public enum Kl {
    /** In closed form, where the posterior and the prior have one. */
    ANALYTIC,
    /** From the same samples as the reconstruction. */
    MONTE_CARLO
  }

  /** Checks the numbers. */
  public Elbo {
    Bound.requirePositive(samples);
    Bound.requireClosed(kl, freeBits);
  }

  /** Without free bits. */
  public Elbo(int samples, Kl kl) {
    this(samples, kl, 0);
  }

  @Override
  public boolean prefersClosedKl() {
    return kl == Kl.ANALYTIC;
  }

  @Override
  public boolean isLowerBound() {
    return freeBits == 0;
  }

  @Override
  public double power() {
    return 0;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    mean(logWeights, values, weights);
  }

  /** The mean log-weight, as {@link #apply}. */
  static void mean(double[] logWeights, double[] values, double[] weights) {
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
    return "ELBO" + Bound.inWords(freeBits);
  }
}
