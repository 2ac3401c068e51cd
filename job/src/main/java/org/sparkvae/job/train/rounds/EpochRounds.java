package org.sparkvae.job.train.rounds;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * Runs the rounds of an epoch, in each of which all shards start from the same weights; all ways of
 * doing so give the same bits.
 */
public sealed interface EpochRounds permits BroadcastRounds, PeerRounds, SharedMemoryRounds {
  /**
   * The quickest way that this Spark can go.
   *
   * @param spec of every worker
   * @param listener hears of every round
   * @param shards that train together
   * @param bytes of parameters and optimiser state
   */
  static EpochRounds of(
      JavaSparkContext spark, WorkerSpec spec, RoundListener listener, int shards, long bytes) {
    if (SharedMemoryRounds.isPossible(spark, shards)) {
      return new SharedMemoryRounds(spark, spec, listener);
    }
    return PeerRounds.isPossible(spark, shards, bytes)
        ? new PeerRounds(spark, spec, listener)
        : new BroadcastRounds(spark, spec, listener);
  }

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
