package org.sparkvae.job.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The average of the workers' parameters and optimiser states, weighted by the images that each
 * processed in the round: sum_s n_s x_s / sum_s n_s.
 *
 * <p>Accumulated in float64 in the order of the shards, so that the result does not depend on the
 * order in which tasks end. The result of a single worker is taken as it is.
 *
 * @param results in the order of the shards, at least one
 */
record WeightedAverage(List<ShardRound.Trained> results) {
  private static final int BLOCK = 2048;

  /** The average of all values, in arrays of its own unless there is one result only. */
  static Weights of(List<ShardRound.Trained> results) {
    if (results.size() == 1) {
      return results.get(0).weights();
    }
    Weights average = results.get(0).weights().like();
    new WeightedAverage(results).into(average, 0, 1);
    return average;
  }

  /**
   * Sets a part of the values to their average, so that several threads can share the work.
   *
   * @param average of the results' lengths
   * @param part from 0
   * @param parts how many there are
   */
  void into(Weights average, int part, int parts) {
    average(Weights::parameters, average, part, parts);
    average(Weights::state, average, part, parts);
  }

  private void average(Function<Weights, float[]> array, Weights average, int part, int parts) {
    float[][] vectors =
        results.stream().map(result -> array.apply(result.weights())).toArray(float[][]::new);
    float[] target = array.apply(average);
    int start = (int) ((long) target.length * part / parts);
    int end = (int) ((long) target.length * (part + 1) / parts);
    if (vectors.length == 1) {
      System.arraycopy(vectors[0], start, target, start, end - start);
      return;
    }
    double[] images = results.stream().mapToDouble(result -> result.sums().images()).toArray();
    double total = Arrays.stream(images).sum();
    double[] sum = new double[BLOCK];
    for (int from = start; from < end; from += BLOCK) {
      int count = Math.min(BLOCK, end - from);
      Arrays.fill(sum, 0);
      for (int s = 0; s < vectors.length; s++) {
        add(images[s], vectors[s], from, count, sum);
      }
      for (int i = 0; i < count; i++) {
        target[from + i] = (float) (sum[i] / total);
      }
    }
  }

  private static void add(double images, float[] vector, int from, int count, double[] sum) {
    for (int i = 0; i < count; i++) {
      sum[i] += images * vector[from + i];
    }
  }
}
