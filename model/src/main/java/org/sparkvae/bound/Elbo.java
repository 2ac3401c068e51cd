package org.sparkvae.bound;

import java.util.Arrays;

/**
 * The evidence lower bound by its samples: the mean of the log-weights (Kingma & Welling, eq. 3 and
 * 6).
 */
public record Elbo() implements Bound {

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    int images = values.length;
    int samples = logWeights.length / images;
    Arrays.fill(values, 0);
    for (int r = 0; r < logWeights.length; r++) {
      values[r % images] += logWeights[r] / samples;
    }
    Arrays.fill(weights, 1.0 / samples);
  }
}
