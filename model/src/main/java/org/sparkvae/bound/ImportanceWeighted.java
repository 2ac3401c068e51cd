package org.sparkvae.bound;

import org.sparkvae.kinds.Setting;

/**
 * The importance-weighted bound: log of the mean weight, whose gradient weighs each sample by its
 * normalised importance weight (Burda et al., eq. 8 and 14).
 *
 * @param samples samples per image, k
 */
public record ImportanceWeighted(@Setting(least = 1) int samples) implements Bound {
  public ImportanceWeighted {
    Bound.requirePositive(samples);
  }

  @Override
  public double power() {
    return 1;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    PowerMean.apply(1, logWeights, values, weights);
  }

  @Override
  public String title() {
    return "importance-weighted bound";
  }
}
