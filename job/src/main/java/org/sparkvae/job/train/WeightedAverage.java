package org.sparkvae.job.train;

import java.util.Arrays;
import java.util.List;

/**
 * The average of the workers' parameters and optimiser states, weighted by the images that each
 * processed in the round: sum_s n_s x_s / sum_s n_s.
 *
 * <p>Accumulated in float64 in the order of the shards, so that the result does not depend on the
 * order in which tasks end. The result of a single worker is taken as it is.
 */
final class WeightedAverage {
  private static final int BLOCK = 2048;

  private WeightedAverage() {}

  /**
   * The average.
   *
   * @param results in the order of the shards, at least one
   */
  static Weights of(List<ShardRound.Trained> results) {
    if (results.size() == 1) {
      return results.get(0).weights();
    }
    double[] images = results.stream().mapToDouble(r -> r.sums().images()).toArray();
    return new Weights(
        average(results.stream().map(r -> r.weights().parameters()).toList(), images),
        average(results.stream().map(r -> r.weights().state()).toList(), images));
  }

  private static float[] average(List<float[]> vectors, double[] images) {
    int length = vectors.get(0).length;
    double total = 0;
    for (double n : images) {
      total += n;
    }
    float[] average = new float[length];
    double[] sum = new double[Math.min(BLOCK, length)];
    for (int from = 0; from < length; from += BLOCK) {
      int count = Math.min(BLOCK, length - from);
      Arrays.fill(sum, 0, count, 0);
      for (int s = 0; s < images.length; s++) {
        float[] vector = vectors.get(s);
        double n = images[s];
        for (int i = 0; i < count; i++) {
          sum[i] += n * vector[from + i];
        }
      }
      for (int i = 0; i < count; i++) {
        average[from + i] = (float) (sum[i] / total);
      }
    }
    return average;
  }
}
