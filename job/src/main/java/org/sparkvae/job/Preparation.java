package org.sparkvae.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.compute.ComputeNodes;
import org.sparkvae.job.compute.ContainerMemory;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.ImageLoader;
import org.sparkvae.job.data.RunImages;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.SettingsException;

/**
 * What the stages of a run start from.
 *
 * @param checkpoints of the run
 * @param trains whether there is something to train
 * @param backend what computes, in short parts with "; " between
 * @param data the images that are needed
 */
record Preparation(CheckpointStore checkpoints, boolean trains, String backend, DataSets data) {

  /**
   * Looks at what there is already and at what computes, loads the images, and then begins the run
   * where it is new.
   *
   * @throws SettingsException where a model is to be evaluated that was never trained, or this
   *     cluster and the settings do not go together
   * @throws org.sparkvae.job.data.DataException where the images are wrong
   */
  static Preparation of(
      SparkSession spark, RunStart start, RunDirectory directory, Messages messages)
      throws IOException {
    JobSettings settings = start.settings();
    CheckpointStore checkpoints =
        directory.checkpoints(settings.training().checkpoint().keep(), messages::warn);
    boolean trains = trains(start, directory, checkpoints);
    ContainerMemory.warnings(spark.sparkContext().getConf()).forEach(messages::warn);
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!context.isLocal() && "file".equals(directory.path().toUri().getScheme())) {
      messages.warn(
          directory.path()
              + ": executors on other machines have no such disk; if there are any, set"
              + " run.directory to a path that all share, such as one on HDFS");
    }
    String backend = ComputeNodes.settle(context, settings.compute());
    Optional<RunImages> begun = begun(start, directory);
    ImageLoader loader = new ImageLoader(spark, settings.data(), settings.seed(), begun);
    DataSets data = trains ? loader.load() : loader.loadTest();
    start.begin(directory);
    if (trains && begun.isEmpty()) {
      data.images().ifPresent(images -> directory.writeText(RunDirectory.IMAGES, images.json()));
    }
    new ImageReport(data, directory, messages).tell();
    return new Preparation(checkpoints, trains, backend, data);
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
    boolean trained = start.way() != RunStart.Way.FROM_THE_START && directory.isTrained();
    if (!trained && !asked) {
      throw new SettingsException(
          directory.path() + " holds no trained model: put train before evaluate in the pipeline");
    }
    if (!trained || checkpoints.isNewestWhole()) {
      return !trained;
    }
    if (!asked) {
      throw new SettingsException(
          "%s: the trained model, its last checkpoint, is damaged: with pipeline=[train, evaluate] training goes on from the one before"
              .formatted(directory.path()));
    }
    // What training ended with is lost: it goes on from the checkpoint before.
    directory.unmarkTrained();
    return true;
  }
}
