package org.sparkvae.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.OtherRun;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.compute.ComputeNodes;
import org.sparkvae.job.compute.ContainerMemory;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.ImageLoader;
import org.sparkvae.job.data.RunImages;
import org.sparkvae.job.data.TableOpener;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.scheduling.RunningTasks;
import org.sparkvae.job.scheduling.Ticker;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.StartPoint;
import org.sparkvae.vae.ImageModel;

/**
 * What the stages of a run start from.
 *
 * @param start of the run, its colour settled
 * @param checkpoints of the run
 * @param trains whether there is something to train
 * @param backend what computes, in short parts with "; " between
 * @param data the images that are needed
 * @param startPoint what training begins with, where that is another run's model
 */
record Preparation(
    RunStart start,
    CheckpointStore checkpoints,
    boolean trains,
    String backend,
    DataSets data,
    Optional<StartPoint> startPoint) {

  /**
   * Looks at what there is already and at what computes, loads the images, and then begins the run
   * where it is new.
   *
   * @param tables opens the tables of images
   * @throws SettingsException where a model is to be evaluated that was never trained, or this
   *     cluster and the settings do not go together
   * @throws org.sparkvae.job.data.faults.DataException where the images are wrong
   */
  static Preparation of(
      SparkSession spark,
      RunStart start,
      RunDirectory directory,
      Messages messages,
      TableOpener tables)
      throws IOException {
    JobSettings settings = start.settings();
    CheckpointStore checkpoints =
        directory
            .checkpoints(settings.training().checkpoint().keep(), messages::warn)
            .keeping(settings.training().checkpoint().milestones());
    boolean trains = trains(start, directory, checkpoints);
    ContainerMemory.warnings(spark.sparkContext().getConf()).forEach(messages::warn);
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    String backend = ComputeNodes.settle(context, settings.compute());
    Optional<RunImages> begun = begun(start, directory);
    // Before the images, which may take long to read.
    Optional<TrainedOn> trainedOn =
        trains ? TrainedOn.of(start, directory, begun) : Optional.empty();
    Optional<OtherRun> other =
        trains && trainedOn.isEmpty()
            ? otherRun(context.hadoopConfiguration(), start, directory)
            : Optional.empty();
    StagesAhead ahead = new StagesAhead(spark, settings, messages);
    ahead.checkPlaces(directory, checkpoints);
    ImageLoader loader = new ImageLoader(spark, settings.data(), settings.seed(), begun, tables);
    DataSets data;
    Ticker ticker = new Ticker(() -> tell(RunningTasks.of(context), messages.console()));
    try {
      data = trains || settings.needsTrainingImages() ? loader.load() : test(loader, settings);
    } finally {
      ticker.close();
    }
    try {
      ahead.checkImages(data);
      trainedOn.ifPresent(before -> before.check(data));
      RunStart settled = start.withColour(data.colour());
      Optional<StartPoint> startPoint =
          other.map(run -> startPoint(run, settled.settings(), data.train().orElseThrow()));
      begin(settled, directory, context, messages);
      if (trains && begun.isEmpty()) {
        data.images().ifPresent(images -> directory.writeText(RunDirectory.IMAGES, images.json()));
      }
      new ImageReport(data, messages).tell();
      if (settings.onlyApplies()) {
        BadImageList.tell(data.leftOut(), messages);
      } else if (settled.way() != RunStart.Way.WITH_ANOTHER_EVALUATION) {
        BadImageList.tell(data.leftOut(), directory.evaluation(), messages);
      }
      return new Preparation(settled, checkpoints, trains, backend, data, startPoint);
    } catch (Exception e) { // Spark throws its checked exceptions undeclared.
      data.unpersist();
      throw e;
    }
  }

  /** Begins the run; the evaluation of fewer epochs is kept beside it. */
  private static void begin(
      RunStart settled, RunDirectory directory, JavaSparkContext context, Messages messages)
      throws IOException {
    if (settled.way() == RunStart.Way.WITH_MORE_EPOCHS) {
      new EvaluationPlace.Own(settled, directory, context.hadoopConfiguration(), messages)
          .keepEarlier();
    }
    settled.begin(directory);
  }

  /** How far the images are read. */
  private static void tell(RunningTasks reading, Console console) {
    if (reading.all() > 0) {
      console.progress("reading images", reading.done(), reading.all(), "tasks");
    }
  }

  /** The test images, where a stage is about them. */
  private static DataSets test(ImageLoader loader, JobSettings settings) {
    return settings.needsTestImages() ? loader.loadTest() : DataSets.none();
  }

  private static Optional<RunImages> begun(RunStart start, RunDirectory directory)
      throws IOException {
    return start.way() == RunStart.Way.FROM_THE_START
        ? Optional.empty()
        : directory.text(RunDirectory.IMAGES).flatMap(RunImages::parse);
  }

  private static boolean trains(RunStart start, RunDirectory directory, CheckpointStore checkpoints)
      throws IOException {
    boolean asked = start.settings().does(Stage.TRAIN);
    boolean trained =
        switch (start.way()) {
          case FROM_THE_START, WITH_MORE_EPOCHS -> false;
          default -> directory.isTrained();
        };
    if (!trained && !asked) {
      throw new SettingsException(
          "%s holds no trained model: put train before %s in the pipeline"
              .formatted(directory.path(), start.settings().pipeline().get(0)));
    }
    if (!trained || checkpoints.isNewestWhole()) {
      return !trained;
    }
    if (!asked) {
      throw new SettingsException(
          "%s: the trained model, its last checkpoint, is damaged: with the run's config.conf as settings and pipeline=[train, evaluate] training goes on from the one before"
              .formatted(directory.path()));
    }
    // What training ended with is lost: it goes on from the checkpoint before.
    directory.unmarkTrained();
    return true;
  }

  /** The run to start from, where the settings name one. */
  private static Optional<OtherRun> otherRun(
      Configuration hadoop, RunStart start, RunDirectory directory) {
    String other = start.settings().training().startFrom().run();
    return other.isEmpty()
        ? Optional.empty()
        : Optional.of(OtherRun.open(other, directory.path(), hadoop));
  }

  private static StartPoint startPoint(OtherRun run, JobSettings settings, ImageSet train) {
    ImageModel spec = new ImageModel(train.shape().ofModel(), settings.model());
    return StartPoint.of(run, spec, settings.training());
  }
}
