package org.sparkvae.job.train.worker;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.noise.Noise;

/**
 * How a shard is cut into minibatches: M consecutive images of the epoch's order, the last one
 * smaller where the shard is no multiple of M.
 *
 * @param images in the shard
 * @param batch M
 */
public record Minibatches(int images, int batch) {
  /** Those of the largest shard, counted by a Spark job. */
  public static Minibatches ofLargestShard(JavaRDD<DataSet> shards, int batch) {
    int largest =
        shards
            .mapPartitions(p -> List.of(ShardImages.packed(p).size()).iterator(), true)
            .reduce(Math::max);
    return new Minibatches(largest, batch);
  }

  public int count() {
    return (int) (((long) images + batch - 1) / batch);
  }

  /** The order of the shard's images in an epoch, from 1. */
  int[] order(long seed, int epoch, int shard) {
    return Noise.permutation(Noise.key(seed, Noise.Purpose.SHUFFLE, epoch, shard), images);
  }

  /** The first image of a minibatch, in the epoch's order. */
  int first(int minibatch) {
    return Math.multiplyExact(minibatch, batch);
  }

  /** Images of a minibatch, M'. */
  int size(int minibatch) {
    return Math.min(batch, images - first(minibatch));
  }
}
