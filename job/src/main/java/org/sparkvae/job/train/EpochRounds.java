package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Runs the rounds of an epoch, in each of which all shards start from the same weights; all ways of
 * doing so give the same bits.
 */
sealed interface EpochRounds permits BroadcastRounds, PeerRounds, SharedMemoryRounds {
  /**
   * Runs an epoch.
   *
   * @param images {@link PackedImages}; partition s is shard s
   * @param plan of the rounds
   * @param start weights of the first round
   * @throws DivergedException where the objective or a parameter is no finite number any more
   */
  Result run(JavaRDD<DataSet> images, RoundPlan plan, Weights start);

  /**
   * What the rounds of an epoch led to.
   *
   * @param weights after the last round
   * @param minibatches of the largest shard
   * @param sums over the rounds
   */
  record Result(Weights weights, int minibatches, RoundSums sums) {}
}
