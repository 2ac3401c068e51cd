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
  public void apply(double[] logWeights, double[] values, double[] weights) {
    int images = values.length;
    int perImage = logWeights.length / images;
    for (int i = 0; i < images; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int r = i; r < logWeights.length; r += images) {
        max = Math.max(max, logWeights[r]);
      }
      double sum = 0;
      for (int r = i; r < logWeights.length; r += images) {
        weights[r] = StrictMath.exp(logWeights[r] - max);
        sum += weights[r];
      }
      for (int r = i; r < logWeights.length; r += images) {
        weights[r] /= sum;
      }
      values[i] = max + StrictMath.log(sum) - StrictMath.log(perImage);
    }
  }

  @Override
  public String title() {
    return "importance-weighted bound";
  }
}
