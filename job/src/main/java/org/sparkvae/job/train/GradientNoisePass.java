package org.sparkvae.job.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.checkpoint.GradientMeasure;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.weights.NetworkWeights;
import org.sparkvae.job.train.worker.GradientNoiseTask;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * Measures how much each estimator's gradient varies with its draws, after some epochs.
 *
 * @param settings when, and over how many draws
 */
record GradientNoisePass(
    JavaSparkContext spark, TrainingSettings.GradientNoise settings, WorkerSpec spec) {
  /** The measures of a network by name; none after an epoch without. */
  Map<String, Double> after(EpochPlan plan, MultiLayerNetwork network, ImageSet images) {
    if (settings.every() == 0 || plan.epoch() % settings.every() != 0) {
      return Map.of();
    }
    spark.setJobDescription(
        "epoch %d/%d, noise of gradients".formatted(plan.epoch(), plan.epochs()));
    Map<String, Double> measures = new LinkedHashMap<>();
    try (Held<Broadcast<float[]>> parameters =
        new Held<>(spark.broadcast(NetworkWeights.vector(network)), Broadcast::destroy)) {
      GradientNoiseTask task =
          new GradientNoiseTask(
              spec, plan.epoch(), plan.settings(), settings.draws(), parameters.it());
      for (GradientNoiseTask.Result result :
          images.blocks().mapPartitionsWithIndex(task, true).collect()) {
        for (GradientMeasure.Kind kind : GradientMeasure.Kind.values()) {
          double value =
              switch (kind) {
                case VARIANCE -> result.measured().variance();
                case SNR -> result.measured().signalToNoise();
              };
          measures.put(new GradientMeasure(result.estimator(), result.part(), kind).name(), value);
        }
      }
    }
    spark.setJobDescription(null);
    return measures;
  }
}
