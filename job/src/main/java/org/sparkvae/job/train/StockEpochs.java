package org.sparkvae.job.train;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.rounds.RoundSums;
import org.sparkvae.job.train.rounds.RoundTimes;
import org.sparkvae.job.train.worker.BoundWorkerSpec;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.MinibatchTask;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.noise.Noise;
import org.sparkvae.step.Measures;

/**
 * Epochs under Deeplearning4j's {@link ParameterAveragingTrainingMaster}: the baseline.
 *
 * <p>It moves minibatches between workers at random in every round, averages without weights, and
 * tells no bound, so the epoch's bound is that of the trained network over the training set, in a
 * pass of its own that is left out of the epoch's seconds.
 */
final class StockEpochs implements EpochRunner {
  private final JavaSparkContext spark;
  private final MultiLayerNetwork network;
  private final WorkerSpec spec;
  private final int every;
  private final BoundPass bound;

  StockEpochs(JavaSparkContext spark, MultiLayerNetwork network, WorkerSpec spec, int every) {
    this.spark = spark;
    this.network = network;
    this.spec = spec;
    this.every = every;
    this.bound =
        new BoundPass(
            spark,
            new BoundWorkerSpec(
                spec.model(),
                spec.objective().bound(),
                spec.batch(),
                spec.binariser(),
                spec.seed(),
                Noise.Purpose.TRAINING));
  }

  @Override
  public EpochOutcome run(EpochPlan plan, ImageSet images) {
    int stepsBefore = network.getIterationCount();
    network.setLearningRate(plan.settings().learningRate());
    String epoch = "epoch %d/%d".formatted(plan.epoch(), plan.epochs());
    spark.setJobDescription(epoch + ", Deeplearning4j");
    long start = System.nanoTime();
    try (Held<JavaRDD<DataSet>> minibatches = minibatches(plan, images)) {
      new SparkDl4jMultiLayer(spark, network, master(images.shards())).fit(minibatches.it());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int rounds = (network.getIterationCount() - stepsBefore) / every;
    spark.setJobDescription(epoch + ", bound");
    Measures value = bound.sum(network, images, plan.epoch());
    spark.setJobDescription(null);
    if (!value.isFinite()) {
      throw new DivergedException(
          "training diverged in epoch "
              + plan.epoch()
              + ": the "
              + value.notFinite()
              + " (Deeplearning4j's master names no round and no shard);"
              + " lower training.optimiser.learning-rate");
    }
    long steps = (images.images() + spec.batch() - 1) / spec.batch();
    return new EpochOutcome(new RoundSums(value, steps, rounds, RoundTimes.ZERO), seconds);
  }

  private Held<JavaRDD<DataSet>> minibatches(EpochPlan plan, ImageSet images) {
    return new Held<>(
        images
            .blocks()
            .mapPartitionsWithIndex(new MinibatchTask(spec, plan.epoch()), true)
            .persist(StorageLevel.MEMORY_AND_DISK_SER()),
        kept -> kept.unpersist(false));
  }

  /** Direct: the other approach, export, needs a directory that all executors share. */
  private ParameterAveragingTrainingMaster master(int shards) {
    return new ParameterAveragingTrainingMaster.Builder(shards, spec.batch())
        .batchSizePerWorker(spec.batch())
        .averagingFrequency(every)
        .saveUpdater(true)
        .storageLevel(null)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .rngSeed(spec.seed())
        .build();
  }

  @Override
  public void close() {
    bound.release();
  }
}
