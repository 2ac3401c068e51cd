package org.sparkvae.job.train;

import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTimes;
import org.sparkvae.job.checkpoint.EpochWork;
import org.sparkvae.job.checkpoint.TrainingState;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.Fit;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Fits a model to its training images in one pass, which is the one epoch of its training; a fit
 * that has a checkpoint is done.
 *
 * <p>The epoch's bound is the mean of log p(x) over the training images under the fitted model. The
 * same images give the same bits, whatever the shards.
 */
public final class Fitter {
  private static final EpochPlan ONLY = new EpochPlan(1, 1, StepSettings.NONE);

  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final Binariser binariser;
  private final long seed;
  private final CheckpointStore checkpoints;
  private final FitListener listener;

  /**
   * A fitter.
   *
   * @param spark runs the pass
   * @param settings of which those of validation matter
   * @param binariser makes values of pixels, in validation
   * @param seed of the posterior noise in validation
   * @param checkpoints where they are kept
   * @param listener hears of the fit
   */
  public Fitter(
      JavaSparkContext spark,
      TrainingSettings settings,
      Binariser binariser,
      long seed,
      CheckpointStore checkpoints,
      FitListener listener) {
    this.spark = spark;
    this.settings = settings;
    this.binariser = binariser;
    this.seed = seed;
    this.checkpoints = checkpoints;
    this.listener = listener;
  }

  /**
   * Fits a model, as far as that was not done before.
   *
   * @param fit the model's
   * @param validation images held out
   */
  public TrainedVae fit(
      ImageModel model, Fit<?> fit, ImageSet training, Optional<ImageSet> validation) {
    CheckpointStore.Restored done =
        checkpoints.latest().orElseGet(() -> fitted(model, fit, training, validation));
    return TrainedVae.of(done.network(), done.state(), checkpoints, settings);
  }

  private <S extends Serializable> CheckpointStore.Restored fitted(
      ImageModel model, Fit<S> fit, ImageSet training, Optional<ImageSet> validation) {
    long begun = System.nanoTime();
    S sums = sums(fit, training);
    double pass = (System.nanoTime() - begun) / 1e9;
    Fit.Fitted fitted = fit.fitted(model.x(), sums);
    double whole = (System.nanoTime() - begun) / 1e9;
    listener.fitted(fitted.course());
    MultiLayerNetwork network = network(model, training, fitted.parameters());
    double bound = validationBound(model, network, validation);
    EpochRecord record =
        new EpochRecord(
            1,
            measures(fitted, training.images()),
            1,
            0,
            bound,
            new EpochWork(training.images(), 0, 1),
            new EpochTimes(whole, 0, pass, whole - pass));
    Best best = Double.isNaN(bound) ? Best.NONE : Best.NONE.after(1, bound);
    TrainingState state =
        new TrainingState(
            1, 0, seed, List.of(record), best.epoch(), best.bound(), best.withoutGain());
    checkpoints.save(network, state);
    listener.epoch(record, 1);
    return new CheckpointStore.Restored(network, state);
  }

  /** Those of training: log p(x) is the bound, and what is optimised. */
  private static Map<String, Double> measures(Fit.Fitted fitted, long images) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put(Objective.BOUND.name(), fitted.logLikelihood());
    measures.put(Objective.WEIGHTED.name(), fitted.logLikelihood());
    measures.put(EpochRecord.OBJECTIVE, images * fitted.logLikelihood());
    measures.put(Objective.RECONSTRUCTION.name(), fitted.logLikelihood() + fitted.kl());
    measures.put(Objective.KL.name(), fitted.kl());
    return measures;
  }

  private <S extends Serializable> S sums(Fit<S> fit, ImageSet training) {
    int values = training.shape().values();
    spark.setJobDescription("fit: sums over %d images".formatted(training.images()));
    try {
      return training
          .blocks()
          .mapPartitions(blocks -> List.of(fit.sum(values, levels(blocks))).iterator())
          .treeReduce(fit::plus);
    } finally {
      spark.setJobDescription(null);
    }
  }

  private static Iterator<byte[]> levels(Iterator<ImageBlock> blocks) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public byte[] next() {
        return blocks.next().pixels();
      }
    };
  }

  private MultiLayerNetwork network(ImageModel model, ImageSet training, float[] parameters) {
    MultiLayerNetwork network =
        VaeNetwork.create(
            model,
            new ObjectiveSpec(settings.bound(), training.images(), 0),
            settings.optimiser(),
            settings.rates().learningRate(),
            seed);
    Kernels.of(VaeNetwork.parameters(network)).copyIn(parameters, VaeNetwork.parameters(network));
    network.setEpochCount(1);
    return network;
  }

  private double validationBound(
      ImageModel model, MultiLayerNetwork network, Optional<ImageSet> images) {
    if (images.isEmpty() || settings.validation().every() == 0) {
      return Double.NaN;
    }
    try (Held<ValidationBound> validation =
        new Held<>(
            new ValidationBound(spark, model, settings, binariser, seed, images.get()),
            ValidationBound::release)) {
      return validation.it().bound(network, ONLY);
    }
  }
}
