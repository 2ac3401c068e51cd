package org.sparkvae.job.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.CheckpointWriter;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.TrainingState;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.worker.DivergedException;
import org.sparkvae.job.train.worker.StatisticsWorkerSpec;
import org.sparkvae.job.train.worker.WorkerSpec;
import org.sparkvae.tensor.kernels.Kernels;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LayerStatistics;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Trains a VAE epoch by epoch, from the last checkpoint on where there is one.
 *
 * <p>A checkpoint is written every so many epochs, after the last, and whenever validation
 * improves, while the next epoch runs. With a patience above 0, training stops after so many
 * validations without gain, and the result is the network of the best validation, whether training
 * stopped early or not; else it is the last. The same settings and images give the same bits, in
 * one go or resumed, under {@code averaging.strategy = weighted}.
 */
public final class Trainer {
  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final Binariser binariser;
  private final long seed;
  private final CheckpointStore checkpoints;
  private final TrainingListener listener;

  /**
   * A trainer.
   *
   * @param spark runs the rounds
   * @param settings of the training
   * @param binariser makes values of pixels
   * @param seed of initial parameters, shuffling and posterior noise
   * @param checkpoints where they are kept
   * @param listener hears of rounds and epochs
   * @throws SettingsException where the strategy cannot do what the settings ask
   */
  public Trainer(
      JavaSparkContext spark,
      TrainingSettings settings,
      Binariser binariser,
      long seed,
      CheckpointStore checkpoints,
      TrainingListener listener) {
    if (settings.averaging().strategy() == TrainingSettings.Strategy.DL4J
        && settings.rates().klWarmUp() > 0) {
      throw new SettingsException(
          "training.kl-warm-up = %d, but training.averaging.strategy = dl4j has no warm-up: set one of them to its default"
              .formatted(settings.rates().klWarmUp()));
    }
    this.spark = spark;
    this.settings = settings;
    this.binariser = binariser;
    this.seed = seed;
    this.checkpoints = checkpoints;
    this.listener = listener;
  }

  /**
   * Trains a model.
   *
   * @throws DivergedException where the objective or a parameter is no finite number any more; the
   *     last checkpoint stays
   * @throws SettingsException where there is a patience and no validation
   */
  public TrainedVae train(ImageModel model, TrainingImages images) {
    return train(
        model,
        images,
        network -> {
          initialise(network, images.meanImage().get());
          return 0;
        });
  }

  private void initialise(MultiLayerNetwork network, float[] meanImage) {
    VaeNetwork.spec(network)
        .initialise(VaeNetwork.objective(network), seed, meanImage, VaeNetwork.vector(network));
  }

  /**
   * Trains a model from a given beginning, where there is no checkpoint.
   *
   * @throws DivergedException where the objective or a parameter is no finite number any more; the
   *     last checkpoint stays
   * @throws SettingsException where there is a patience and no validation
   */
  public TrainedVae train(ImageModel model, TrainingImages images, Beginning beginning) {
    try (Held<Optional<ValidationBound>> validation =
            new Held<>(
                validation(model, images), held -> held.ifPresent(ValidationBound::release));
        ShardGenerations shards = new ShardGenerations(images.sharding(), images.reshardEvery())) {
      Optional<CheckpointStore.Restored> restored = checkpoints.latest();
      CheckpointStore.Restored begun =
          restored.orElseGet(() -> begin(network(model, shards.epoch(1)), beginning));
      MultiLayerNetwork network = begun.network();
      network.setEpochCount(begun.state().epoch());
      network.setIterationCount(Math.toIntExact(begun.state().step()));
      TrainingState end = epochs(network, begun.state(), shards, validation.it());
      return TrainedVae.of(network, end, checkpoints, settings);
    }
  }

  private TrainingState epochs(
      MultiLayerNetwork network,
      TrainingState begun,
      ShardGenerations shards,
      Optional<ValidationBound> validation) {
    TrainingState state = begun;
    try (EpochRunner runner = runner(network);
        Held<Optional<StatisticsPass>> statistics =
            new Held<>(statistics(network), held -> held.ifPresent(StatisticsPass::release));
        Held<Optional<CodesPass>> codes =
            new Held<>(
                CodesPass.of(spark, VaeNetwork.spec(network), binariser, seed),
                held -> held.ifPresent(CodesPass::release));
        CheckpointWriter writer = new CheckpointWriter(checkpoints)) {
      while (!finished(state)) {
        ImageSet epochImages = shards.epoch(state.epoch() + 1);
        Passes passes = new Passes(statistics.it(), validation, codes.it());
        state = epoch(network, state, runner, epochImages, passes, writer);
      }
      writer.await();
    }
    return state;
  }

  private TrainingState epoch(
      MultiLayerNetwork network,
      TrainingState before,
      EpochRunner runner,
      ImageSet images,
      Passes passes,
      CheckpointWriter writer) {
    EpochPlan plan = new TrainingPlan(settings).epoch(before.epoch() + 1);
    passes.codes().ifPresent(pass -> pass.clear(network));
    EpochOutcome outcome = runner.run(plan, images);
    passes.statistics().ifPresent(pass -> pass.collect(network, images, plan));
    // No epoch is told of before what the one before it led to is stored.
    writer.await();
    Best best = best(before);
    double bound = Double.NaN;
    if (passes.validation().isPresent() && passes.validation().get().after(plan.epoch())) {
      bound = passes.validation().get().bound(network, plan);
      best =
          plan.settings().klWeight() < 1
              ? best.duringWarmUp(plan.epoch(), bound)
              : best.after(plan.epoch(), bound);
    }
    boolean last = isLast(plan.epoch(), best);
    CodesPass.Fitted fitted =
        passes.codes().isPresent()
                && best.endsWith(plan.epoch(), settings.validation().patience(), last)
            ? passes.codes().get().fit(network, images)
            : CodesPass.Fitted.NOTHING;
    double klWeight = settings.bound().klWeight() * plan.settings().klWeight();
    EpochRecord all =
        outcome
            .record(plan, klWeight, images.images(), logPrior(network), bound)
            .with(gradientNoise(network, plan, images))
            .with(fitted.measures());
    EpochRecord record =
        VaeNetwork.spec(network).model().hasLogLikelihood() ? all : all.withoutBound();
    List<EpochRecord> history = new ArrayList<>(before.history());
    history.add(record);
    TrainingState state =
        new TrainingState(
            plan.epoch(),
            network.getIterationCount(),
            seed,
            history,
            best.epoch(),
            best.bound(),
            best.withoutGain());
    boolean isMilestone = settings.checkpoint().milestones().contains(plan.epoch());
    if (plan.epoch() % settings.checkpoint().every() == 0
        || last
        || isMilestone
        || best.epoch() == plan.epoch()) {
      writer.save(network, state);
    }
    listener.epoch(record, plan.epochs());
    if (!fitted.course().isEmpty()) {
      listener.codesFitted(fitted.course());
    }
    return state;
  }

  private boolean finished(TrainingState state) {
    return isLast(state.epoch(), best(state));
  }

  private boolean isLast(int epoch, Best best) {
    return epoch >= settings.epochs() || best.exhausts(settings.validation().patience());
  }

  private static Best best(TrainingState state) {
    return new Best(state.bestEpoch(), state.bestValidation(), state.validationsWithoutGain());
  }

  private CheckpointStore.Restored begin(MultiLayerNetwork network, Beginning beginning) {
    // What the estimator keeps beside the model starts anew, whatever the model begins with.
    initialise(network, new float[VaeNetwork.spec(network).x().values()]);
    long steps = beginning.set(network);
    Best none = Best.NONE;
    TrainingState state =
        new TrainingState(
            0, steps, seed, List.of(), none.epoch(), none.bound(), none.withoutGain());
    return new CheckpointStore.Restored(network, state);
  }

  private MultiLayerNetwork network(ImageModel model, ImageSet training) {
    ObjectiveSpec objective =
        new ObjectiveSpec(
            settings.bound(),
            training.images(),
            settings.restraints().weightPriorPrecision(),
            settings.estimator());
    return VaeNetwork.create(
        model, objective, settings.optimiser(), settings.rates().learningRate(), seed);
  }

  private Optional<ValidationBound> validation(ImageModel model, TrainingImages images) {
    TrainingSettings.Validation wanted = settings.validation();
    if (wanted.every() > 0 && images.validation().isPresent()) {
      return Optional.of(
          new ValidationBound(spark, model, settings, binariser, seed, images.validation().get()));
    }
    if (wanted.patience() > 0) {
      throw new SettingsException(
          "training.validation.patience = %d, but there is no validation: set data.validation and training.validation.every"
              .formatted(wanted.patience()));
    }
    return Optional.empty();
  }

  private Optional<StatisticsPass> statistics(MultiLayerNetwork network) {
    ImageModel model = VaeNetwork.spec(network);
    return LayerStatistics.count(model) == 0
        ? Optional.empty()
        : Optional.of(
            new StatisticsPass(
                spark, new StatisticsWorkerSpec(model, settings.batch(), binariser, seed)));
  }

  private EpochRunner runner(MultiLayerNetwork network) {
    WorkerSpec spec = workerSpec(network);
    TrainingSettings.Averaging averaging = settings.averaging();
    return switch (averaging.strategy()) {
      case WEIGHTED -> new AveragedEpochs(spark, network, spec, averaging, listener);
      case DL4J -> new StockEpochs(spark, network, spec, averaging.every());
    };
  }

  private WorkerSpec workerSpec(MultiLayerNetwork network) {
    return new WorkerSpec(
        VaeNetwork.spec(network),
        VaeNetwork.objective(network),
        VaeNetwork.optimiser(network),
        GradientRestraint.of(settings.restraints()),
        settings.batch(),
        binariser,
        seed);
  }

  private Map<String, Double> gradientNoise(
      MultiLayerNetwork network, EpochPlan plan, ImageSet images) {
    return new GradientNoisePass(spark, settings.gradientNoise(), workerSpec(network))
        .after(plan, network, images);
  }

  /** What passes over images after an epoch. */
  private record Passes(
      Optional<StatisticsPass> statistics,
      Optional<ValidationBound> validation,
      Optional<CodesPass> codes) {}

  /** log p(theta) but for its constant, nats. */
  private double logPrior(MultiLayerNetwork network) {
    if (settings.restraints().weightPriorPrecision() == 0) {
      return 0;
    }
    INDArray parameters = VaeNetwork.parameters(network);
    return -settings.restraints().weightPriorPrecision()
        / 2
        * Kernels.of(parameters).sumOfSquares(parameters);
  }
}
