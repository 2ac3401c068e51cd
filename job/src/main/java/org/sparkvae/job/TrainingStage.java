package org.sparkvae.job;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.bound.Bound;
import org.sparkvae.curvature.Factors;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.compute.ExecutorHeap;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.MeanImage;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.shards.Resharding;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.report.console.TrainingStart;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.job.track.run.TrackedRun;
import org.sparkvae.job.train.GradientRestraint;
import org.sparkvae.job.train.TrainedVae;
import org.sparkvae.job.train.Trainer;
import org.sparkvae.job.train.TrainingImages;
import org.sparkvae.job.train.TrainingListener;
import org.sparkvae.job.train.rounds.RoundHeap;
import org.sparkvae.job.train.weights.ModelSize;
import org.sparkvae.kinds.Names;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Backend;
import org.sparkvae.vae.Fit;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * Trains the model of the settings, and says so.
 *
 * @param backend what computes, in short parts with "; " between
 * @param tracking is told of every epoch
 */
record TrainingStage(
    JavaSparkContext spark,
    JobSettings settings,
    Messages messages,
    String backend,
    TrackedRun tracking) {
  private static final Measure OBJECTIVE =
      new Measure(Objective.WEIGHTED.name(), "objective, nats", Objective.WEIGHTED.per());
  private static final String RECONSTRUCTION =
      "log p(x|z) of each image's code z, less the code's penalty, which is no bound; batches of ";
  private static final DecimalFormat WEIGHT =
      new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));

  TrainedVae run(Preparation prepared, RunDirectory directory) {
    ImageSet train = prepared.data().train().orElseThrow();
    ImageModel spec = new ImageModel(train.shape().ofModel(), settings.model());
    size(spec).checkFit(Backend.mostBytes());
    return spec.model()
        .fit()
        .map(fit -> fit(fit, spec, prepared, directory))
        .orElseGet(() -> train(spec, prepared, directory));
  }

  private ModelSize size(ImageModel spec) {
    TrainingSettings training = settings.training();
    return ModelSize.of(spec, new ObjectiveSpec(training.bound(), 1, 0, training.estimator()));
  }

  /** What takes the place of training where the model is fitted. */
  private TrainedVae fit(
      Fit<?> fit, ImageModel spec, Preparation prepared, RunDirectory directory) {
    FittingStage stage = new FittingStage(spark, settings, messages);
    DataSets data = prepared.data();
    stage.check(fit, spec);
    messages
        .console()
        .start(start(data, spec, FittingStage.OBJECTIVE, FittingStage.MEASURES, directory));
    return stage.run(fit, spec, data, prepared.checkpoints());
  }

  private TrainedVae train(ImageModel spec, Preparation prepared, RunDirectory directory) {
    DataSets data = prepared.data();
    ImageSet train = data.train().orElseThrow();
    ExecutorHeap.of(spark).ifPresent(heap -> checkFit(spec, train, heap));
    prepared.startPoint().ifPresent(point -> messages.console().line(point.toString()));
    messages
        .console()
        .start(
            start(
                data,
                spec,
                objective(spec, settings.training(), train),
                measures(spec, settings.training()),
                directory));
    Resharding resharding = new Resharding(settings.seed(), settings.data().cut().blockImages());
    TrainingImages images =
        new TrainingImages(
            generation -> resharding.generation(train, generation),
            settings.data().cut().reshardEvery(),
            data.validation(),
            () -> MeanImage.of(train));
    Binariser binariser = Binariser.of(settings.data(), settings.seed());
    Trainer trainer =
        new Trainer(
            spark,
            settings.training(),
            binariser,
            settings.seed(),
            prepared.checkpoints(),
            new TrackedListener(messages.console(), tracking));
    return prepared.startPoint().isPresent()
        ? trainer.train(spec, images, prepared.startPoint().get())
        : trainer.train(spec, images);
  }

  private void checkFit(ImageModel spec, ImageSet train, ExecutorHeap heap) {
    TrainingSettings training = settings.training();
    if (training.averaging().strategy() == Strategy.WEIGHTED) {
      RoundHeap round =
          RoundHeap.of(
              size(spec),
              training.optimiser(),
              Factors.length(training.optimiser(), spec),
              train.heapBytesOfAShard());
      round.checkFit(heap);
      round.warning(heap, spark, train.shards()).ifPresent(messages::warn);
    }
  }

  private TrainingStart start(
      DataSets data,
      ImageModel spec,
      String objective,
      List<Measure> measures,
      RunDirectory directory) {
    ImageSet train = data.train().orElseThrow();
    return new TrainingStart(
        new TrainingStart.ImagesInWords(
            train.shape(),
            train.images(),
            data.validation().map(ImageSet::images).orElse(0L),
            train.shards(),
            train.place(),
            train.bytes() + data.validation().map(ImageSet::bytes).orElse(0L)),
        new TrainingStart.ModelInWords(
            spec.model().title(), spec.model().summary(spec.x()), spec.parameters()),
        objective,
        measures,
        backend,
        directory.path().toString());
  }

  /**
   * The weighted objective is told where some epoch has no bound that is the same number; where
   * there is no bound at all, it is the objective.
   */
  private static List<Measure> measures(ImageModel spec, TrainingSettings training) {
    List<Measure> measures = Objective.measures(spec.model(), training.bound());
    boolean differs = training.rates().klWarmUp() > 1 || !measures.contains(Objective.BOUND);
    Measure weighted = measures.contains(Objective.BOUND) ? Objective.WEIGHTED : OBJECTIVE;
    Stream<Measure> ofBound =
        measures.stream()
            .filter(measure -> differs || !measure.equals(Objective.WEIGHTED))
            .map(measure -> measure.equals(Objective.WEIGHTED) ? weighted : measure);
    return Stream.concat(ofBound, GradientRestraint.of(training.restraints()).measures().stream())
        .toList();
  }

  private static String objective(ImageModel model, TrainingSettings training, ImageSet train) {
    if (!model.model().hasLogLikelihood()) {
      return RECONSTRUCTION + batches(training, train);
    }
    Bound bound = training.bound();
    String kl =
        !bound.prefersClosedKl()
            ? ""
            : model.hasClosedKl(bound, training.estimator())
                ? ", KL in closed form"
                : ", KL from the samples";
    String warmUp =
        training.rates().klWarmUp() > 1
            ? String.format(
                Locale.ROOT,
                ", KL weight %s from epoch %d",
                WEIGHT.format(bound.klWeight()),
                training.rates().klWarmUp())
            : "";
    String gradient =
        training.estimator().equals(new Reparameterised())
            ? ""
            : ", %s gradient".formatted(Names.of(training.estimator().getClass()));
    return String.format(
        Locale.ROOT,
        "%s%s, k = %d%s%s; batches of %s",
        bound.title(),
        kl,
        bound.samples(),
        warmUp,
        gradient,
        batches(training, train));
  }

  /** A step takes no more images than its shard has. */
  private static String batches(TrainingSettings training, ImageSet train) {
    long largestShard = (train.images() + train.shards() - 1) / train.shards();
    boolean single = train.shards() == 1;
    String each = single ? "" : " a shard";
    int every = training.averaging().every();
    String averaging = single ? "" : ", averaged every " + (every == 1 ? "step" : every + " steps");
    return training.batch() <= largestShard
        ? training.batch() + each + averaging
        : String.format(
            Locale.ROOT,
            "%d%s (all of %s; %d were asked for)%s",
            largestShard,
            each,
            single ? "them" : "it",
            training.batch(),
            averaging);
  }

  /** Shows rounds as progress and epochs as lines, and tells trackers of epochs. */
  private record TrackedListener(Console console, TrackedRun tracking) implements TrainingListener {
    @Override
    public void round(int epoch, int epochs, int round, int rounds) {
      console.round(epoch, epochs, round, rounds);
    }

    @Override
    public void epoch(EpochRecord epochRecord, int epochs) {
      console.epoch(epochRecord, epochs);
      tracking.epochs(List.of(epochRecord));
    }

    @Override
    public void codesFitted(String course) {
      console.line(course);
    }
  }
}
