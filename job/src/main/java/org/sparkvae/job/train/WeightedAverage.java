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
 */
record WeightedAverage() implements Averaging {
  private static final int BLOCK = 2048;

  @Override
  public void prepare(Weights like) {
    // It keeps nothing.
  }

  @Override
  public void average(
      List<ShardRound.Trained> results, Weights start, Weights next, int part, int parts) {
    average(results, Weights::parameters, next, part, parts);
    average(results, Weights::state, next, part, parts);
  }

  private static void average(
      List<ShardRound.Trained> results,
      Function<Weights, float[]> array,
      Weights next,
      int part,
      int parts) {
    float[][] vectors =
        results.stream().map(result -> array.apply(result.weights())).toArray(float[][]::new);
    float[] target = array.apply(next);
    Slice slice = Slice.of(target.length, part, parts);
    if (vectors.length == 1) {
      System.arraycopy(vectors[0], slice.from(), target, slice.from(), slice.count());
      return;
    }
    double[] images = results.stream().mapToDouble(result -> result.sums().images()).toArray();
    double total = Arrays.stream(images).sum();
    double[] sum = new double[BLOCK];
    for (int from = slice.from(); from < slice.to(); from += BLOCK) {
      int count = Math.min(BLOCK, slice.to() - from);
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
