package org.sparkvae.job.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.codec.CodeMixture;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.fitting.MaximumLikelihood;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.worker.CodesTask;
import org.sparkvae.job.train.worker.CodesWorkerSpec;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.vae.ImageModel;

/**
 * Fits the mixture of a trained model's codes to the codes of all training images, which are
 * computed distributed, and writes it into the network.
 *
 * @param spark the context
 * @param spec what codes are computed with
 * @param mixture of the model
 * @param seed of the fit
 */
record CodesPass(JavaSparkContext spark, CodesWorkerSpec spec, CodeMixture mixture, long seed) {
  /**
   * What a fit came to.
   *
   * @param measures columns of the epoch's row
   * @param course how it went, in a few words
   */
  record Fitted(Map<String, Double> measures, String course) {
    static final Fitted NOTHING = new Fitted(Map.of(), "");
  }

  /** That of a model; empty where none is fitted. */
  static Optional<CodesPass> of(
      JavaSparkContext spark, ImageModel model, Binariser binariser, long seed) {
    return CodeMixture.of(model)
        .map(mixture -> new CodesPass(spark, new CodesWorkerSpec(model, binariser), mixture, seed));
  }

  /** Takes the mixture of an earlier fit out of the network, which goes on training. */
  void clear(MultiLayerNetwork network) {
    mixture.clear(VaeNetwork.parameters(network));
  }

  /** Fits the mixture. */
  Fitted fit(MultiLayerNetwork network, ImageSet images) {
    long begun = System.nanoTime();
    spark.setJobDescription("codes of %d images, and their mixture".formatted(images.images()));
    try (Held<Broadcast<float[]>> parameters =
        new Held<>(spark.broadcast(NetworkWeights.ofModel(network)), Broadcast::destroy)) {
      JavaPairRDD<Long, float[]> codes =
          images.blocks().mapPartitionsToPair(new CodesTask(spec, parameters.it()), true);
      MaximumLikelihood.Found fit = MixtureFit.of(codes, mixture.mixture(), seed);
      mixture.write(fit.mixture(), VaeNetwork.parameters(network));
      return new Fitted(
          Map.of(EpochRecord.CODE_LOG_DENSITY, fit.logDensity()),
          String.format(
              Locale.ROOT,
              "Fitted a mixture of %d to the codes of %,d images: %d iterations, mean log-density"
                  + " of a code %.2f nats, %.1f s",
              mixture.mixture().components(),
              images.images(),
              fit.iterations(),
              fit.logDensity(),
              (System.nanoTime() - begun) / 1e9));
    } finally {
      spark.setJobDescription(null);
    }
  }

  /** Frees what the executors keep. */
  void release() {
    Pool.release(spark, spec);
  }
}
