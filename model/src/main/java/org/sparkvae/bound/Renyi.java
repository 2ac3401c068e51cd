package org.sparkvae.bound;

import org.sparkvae.kinds.Setting;

/**
 * The variational Renyi bound (Li & Turner, 2016, "Renyi divergence variational inference", eq. 10
 * and 12), in nats, from weights w of k samples:
 *
 * <pre>
 * L = 1 / (1 - alpha) log(1/k sum w^(1 - alpha)),   dL / dlog w_j = w_j^(1 - alpha) / sum w^(1 - alpha)
 * </pre>
 *
 * <p>With many samples it is log p(x) less the Renyi divergence of order alpha from the posterior
 * to p(z|x). It falls as alpha rises: alpha = 0 is the importance-weighted bound, 1 the ELBO, its
 * limit. Below 0 many samples take it above log p(x).
 *
 * @param samples samples per image, k
 * @param alpha the order, at most 1
 */
public record Renyi(
    @Setting(least = 1) int samples,
    @Setting(
            says =
                "The order: 1 is the ELBO, 0 the importance-weighted bound; below 0 it is no lower"
                    + " bound on log p(x).",
            otherwise = "0.5",
            most = 1)
        double alpha)
    implements Bound {
  /** From here on float64 tells more about the limit at 1 than about the order. */
  private static final double AS_ONE = 1e-9;

  public Renyi {
    Bound.requirePositive(samples);
    if (!(alpha <= 1) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("alpha must be a number of at most 1, but is " + alpha);
    }
  }

  @Override
  public boolean isLowerBound() {
    return alpha >= 0;
  }

  @Override
  public double power() {
    return 1 - alpha;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    if (1 - alpha < AS_ONE) {
      Elbo.mean(logWeights, values, weights);
      return;
    }
    PowerMean.apply(power(), logWeights, values, weights);
  }

  @Override
  public String title() {
    return "Renyi bound of order " + alpha + (isLowerBound() ? "" : ", no lower bound");
  }
}
