package org.sparkvae.job.train.weights;

import java.util.List;
import java.util.function.Function;
import org.sparkvae.host.FloatSource;
import org.sparkvae.host.WeightedMean;

/**
 * The average of the workers' parameters and optimiser states, weighted by the images that each
 * processed in the round: sum_s n_s x_s / sum_s n_s.
 *
 * <p>Accumulated in float64 in the order of the shards, so that the result does not depend on the
 * order in which tasks end. The result of a single worker is taken as it is.
 */
public record WeightedAverage() implements AveragingRule {
  @Override
  public void prepare(Weights like) {
    // It keeps nothing.
  }

  @Override
  public void average(
      List<ShardWeights> results, Weights start, Weights next, int part, int parts) {
    average(results, ReadableWeights::parameters, next.parameters(), part, parts);
    average(results, ReadableWeights::state, next.state(), part, parts);
  }

  private static void average(
      List<ShardWeights> results,
      Function<ReadableWeights, FloatSource> source,
      float[] target,
      int part,
      int parts) {
    FloatSource[] vectors =
        results.stream().map(result -> source.apply(result.weights())).toArray(FloatSource[]::new);
    PartRange slice = PartRange.of(target.length, part, parts);
    if (vectors.length == 1) {
      vectors[0].read(slice.from(), target, slice.from(), slice.count());
      return;
    }
    double[] images = results.stream().mapToDouble(ShardWeights::images).toArray();
    WeightedMean.of(vectors, images, target, slice.from(), slice.to());
  }
}
