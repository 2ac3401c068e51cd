package org.sparkvae.bound;

/** The log of a power mean of an image's weights, which importance weighting and Renyi share. */
final class PowerMean {
  private PowerMean() {}

  /**
   * 1 / power log(1/k sum w^power) of each image, and its derivative by each log w, w_j^power / sum
   * w^power; as {@link Bound#apply}.
   *
   * @param power above 0
   */
  static void apply(double power, double[] logWeights, double[] values, double[] weights) {
    int images = values.length;
    int perImage = logWeights.length / images;
    for (int i = 0; i < images; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int r = i; r < logWeights.length; r += images) {
        max = Math.max(max, power * logWeights[r]);
      }
      double sum = 0;
      for (int r = i; r < logWeights.length; r += images) {
        weights[r] = StrictMath.exp(power * logWeights[r] - max);
        sum += weights[r];
      }
      for (int r = i; r < logWeights.length; r += images) {
        weights[r] /= sum;
      }
      values[i] = (max + StrictMath.log(sum) - StrictMath.log(perImage)) / power;
    }
  }
}
