package org.sparkvae.job.train.rounds;

import java.util.List;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.job.train.worker.ShardWorker;

/**
 * The weights that workers of one JVM start every round from, and average.
 *
 * <p>In a round each task loads them, takes its steps and offers what these led to; once all have,
 * each averages a part; once all have, the next round may begin. Tasks wait for one another in
 * between.
 */
sealed interface CommonWeights permits HeapWeights, DeviceWeights {
  /**
   * Common weights: on devices where all workers compute on some, and the average is plain; else on
   * the heap.
   *
   * @param workers of the shards
   * @param start of the first round; not written to
   */
  static CommonWeights of(List<ShardWorker> workers, Outer outer, Weights start) {
    boolean onDevices =
        workers.stream().allMatch(worker -> worker.kernels().vectorMeans().isPresent());
    return onDevices && outer.isPlainAverage()
        ? new DeviceWeights(workers, start)
        : new HeapWeights(workers, outer, start);
  }

  /** Gives them to a shard's worker. */
  void load(int shard);

  /** Lets all read what the steps of a shard's worker led to. */
  void offer(int shard);

  /**
   * Sets a part to the average of what was offered.
   *
   * @param trained what the round led to, in the order of the shards
   * @param part from 0
   * @param parts how many there are
   * @return whether all of its values are finite
   */
  boolean average(List<ShardRound.Trained> trained, int part, int parts);

  /** Copies what a shard has offered. */
  void copy(int shard, Weights to);

  /** On the heap, where no round follows: the last call. */
  Weights end();
}
