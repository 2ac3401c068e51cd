package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.worker.BoundTask;
import org.sparkvae.job.train.worker.BoundWorkerSpec;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.step.Measures;

/**
 * Sums a bound over a set of images, distributed; the shards' sums are added in their order.
 *
 * @param spark the context
 * @param spec what it is computed with
 */
record BoundPass(JavaSparkContext spark, BoundWorkerSpec spec) {
  /**
   * The sums of a network's bound, with KL weight 1.
   *
   * @param epoch keys binarisation and noise
   */
  Measures sum(MultiLayerNetwork network, ImageSet images, long epoch) {
    try (Held<Broadcast<float[]>> parameters =
        new Held<>(spark.broadcast(NetworkWeights.ofModel(network)), Broadcast::destroy)) {
      Measures sum = Measures.NONE;
      for (Measures shard :
          images
              .blocks()
              .mapPartitions(new BoundTask(spec, epoch, parameters.it()), true)
              .collect()) {
        sum = sum.plus(shard);
      }
      return sum;
    }
  }

  /** Frees what the executors keep. */
  void release() {
    Pool.release(spark, spec);
  }
}
