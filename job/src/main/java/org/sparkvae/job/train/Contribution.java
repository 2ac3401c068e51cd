package org.sparkvae.job.train;

import java.util.List;

/**
 * What a shard brings to a round's average.
 *
 * @param weights after its last step, or a part of them
 * @param images that it processed, its weight in the average
 */
record Contribution(ReadableWeights weights, long images) {
  /** Of these results, in their order. */
  static List<Contribution> of(List<ShardRound.Trained> results) {
    return results.stream()
        .map(result -> new Contribution(result.weights().readable(), result.sums().images()))
        .toList();
  }
}
