package org.sparkvae.bound;

import java.util.Arrays;
import org.sparkvae.kinds.Setting;

/**
 * The limit of the variational Renyi bound as its order falls (Li & Turner, 2016, "Renyi divergence
 * variational inference", section 4.2): the largest log-weight of k samples, nats, whose gradient
 * is that of this sample alone. Many samples take it above log p(x).
 *
 * @param samples samples per image, k
 */
public record VrMax(@Setting(least = 1) int samples) implements Bound {
  public VrMax {
    Bound.requirePositive(samples);
  }

  @Override
  public boolean isLowerBound() {
    return false;
  }

  @Override
  public double power() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public void apply(double[] logWeights, double[] values, double[] weights) {
    int images = values.length;
    Arrays.fill(weights, 0);
    for (int i = 0; i < images; i++) {
      int largest = i;
      for (int r = i + images; r < logWeights.length; r += images) {
        // What is not a number is taken, and so found.
        if (logWeights[r] > logWeights[largest] || Double.isNaN(logWeights[r])) {
          largest = r;
        }
      }
      values[i] = logWeights[largest];
      weights[largest] = 1;
    }
  }

  @Override
  public String title() {
    return "VR-max, no lower bound";
  }
}
