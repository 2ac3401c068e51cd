package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.rounds.RoundListener;
import org.sparkvae.job.train.worker.PackedImages;
import org.sparkvae.job.train.worker.Pool;
import org.sparkvae.job.train.worker.WorkerSpec;

/** Epochs under {@link AveragingMaster}. */
final class AveragedEpochs implements EpochRunner {
  private final JavaSparkContext spark;
  private final MultiLayerNetwork network;
  private final WorkerSpec spec;
  private final TrainingSettings.Averaging averaging;
  private final RoundListener listener;

  AveragedEpochs(
      JavaSparkContext spark,
      MultiLayerNetwork network,
      WorkerSpec spec,
      TrainingSettings.Averaging averaging,
      RoundListener listener) {
    this.spark = spark;
    this.network = network;
    this.spec = spec;
    this.averaging = averaging;
    this.listener = listener;
  }

  @Override
  public EpochOutcome run(EpochPlan plan, ImageSet images) {
    AveragingMaster master = new AveragingMaster(spec, averaging, epoch -> plan, listener);
    new SparkDl4jMultiLayer(spark, network, master).fit(images.blocks().map(PackedImages::new));
    return master.outcome();
  }

  @Override
  public void close() {
    Pool.release(spark, spec);
  }
}
