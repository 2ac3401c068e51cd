package org.sparkvae.bound;

import org.sparkvae.kinds.Setting;

/**
 * The objective of a beta-VAE, E_q[log p(x|z)] - beta KL(q(z|x) || p(z)), nats (Higgins et al.,
 * "beta-VAE", 2017, eq. 4): the ELBO where beta is 1, above that a looser lower bound on log p(x),
 * the ELBO less (beta - 1) KL, and below it none.
 *
 * @param samples samples per image
 * @param beta the weight of the KL term, which a warm-up grows to
 * @param kl how the KL term is computed
 * @param freeBits nats of each latent dimension's KL that cost nothing more; see {@link Elbo}
 */
public record Beta(
    @Setting(least = 1) int samples,
    @Setting(
            says =
                "The weight of the KL term, which training.kl-warm-up grows to; above 1"
                    + " the objective is a looser lower bound on log p(x), the ELBO less (beta - 1)"
                    + " KL, and below 1 none.",
            otherwise = "4.0",
            least = 0)
        double beta,
    @Setting(
            says = "The KL term: in closed form, where there is one, or from the samples.",
            otherwise = "analytic")
        Elbo.Kl kl,
    @Setting(
            says =
                "Nats that the KL of each latent dimension, averaged over a minibatch, counts at"
                    + " least; above 0 the objective is not the bound.",
            otherwise = "0.0",
            least = 0)
        double freeBits)
    implements Bound {
  /** Checks the numbers. */
  public Beta {
    Bound.requirePositive(samples);
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("beta must be a number of at least 0, but is " + beta);
    }
    Bound.requireClosed(kl, freeBits);
  }

  @Override
  public boolean prefersClosedKl() {
    return kl == Elbo.Kl.ANALYTIC;
  }

  @Override
  public boolean isLowerBound() {
    return beta == 1 && freeBits == 0;
  }

  @Override
  public double power() {
    return 0;
  }

  @Override
  public double klWeight() {
    return beta;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    Elbo.mean(logWeights, values, weights);
  }

  @Override
  public String title() {
    return "beta-VAE, beta = " + beta + Bound.inWords(freeBits);
  }
}
