package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.StatisticsTask;
import org.sparkvae.job.train.worker.StatisticsWorkerSpec;
import org.sparkvae.vae.LayerStatistics;

/**
 * Collects what a trained model's layers are normalised by, distributed; the shards' sums are added
 * in their order.
 *
 * @param spark the context
 * @param spec what it is computed with
 */
record StatisticsPass(JavaSparkContext spark, StatisticsWorkerSpec spec) {
  /** Writes the statistics over the images of an epoch into the network. */
  void collect(MultiLayerNetwork network, ImageSet images, EpochPlan plan) {
    spark.setJobDescription(
        "epoch %d/%d, statistics of layers".formatted(plan.epoch(), plan.epochs()));
    double[] sums = new double[LayerStatistics.count(spec.model())];
    try (Held<Broadcast<float[]>> parameters =
        new Held<>(spark.broadcast(NetworkWeights.ofModel(network)), Broadcast::destroy)) {
      for (double[] shard :
          images
              .blocks()
              .mapPartitionsWithIndex(new StatisticsTask(spec, plan.epoch(), parameters.it()), true)
              .collect()) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += shard[i];
        }
      }
    }
    spark.setJobDescription(null);
    LayerStatistics.write(spec.model(), sums, images.images(), VaeNetwork.parameters(network));
  }

  /** Frees what the executors keep. */
  void release() {
    Pool.release(spark, spec);
  }
}
