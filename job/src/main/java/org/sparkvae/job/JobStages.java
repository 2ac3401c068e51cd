package org.sparkvae.job;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.checkpoint.CheckpointStore;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.compute.ComputeNodes;
import org.sparkvae.job.compute.ExecutorMemory;
import org.sparkvae.job.data.BadImages;
import org.sparkvae.job.data.DataSets;
import org.sparkvae.job.data.ImageLoader;
import org.sparkvae.job.evaluate.Evaluation;
import org.sparkvae.job.evaluate.EvaluationSummary;
import org.sparkvae.job.report.Console;
import org.sparkvae.job.report.PictureSupport;
import org.sparkvae.job.report.Results;
import org.sparkvae.job.report.Summary;
import org.sparkvae.job.report.TrainingResult;
import org.sparkvae.job.report.Versions;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.Secrets;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.TrainedVae;

/** The stages of a run, in its run directory: train, evaluate, and what is told of both. */
final class JobStages implements SparkPipeline.Stages {
  private final PrintStream out;
  private final PrintStream err;

  /**
   * The stages.
   *
   * @param out where progress and results are printed
   * @param err where warnings are printed
   */
  JobStages(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void run(SparkSession spark, JobSettings asked) throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Console console = Console.on(out, asked.report().progress());
    try (RunDirectory directory =
        RunDirectory.open(
            asked.run().directory(),
            context.hadoopConfiguration(),
            spark.sparkContext().applicationId())) {
      RunStart start = RunStart.settle(directory, asked, context.defaultParallelism());
      if (!start.evaluatesAnew() && isDone(directory, start.settings())) {
        console.line("Done already; the results are in " + directory.path());
        return;
      }
      run(spark, context, start, directory, console);
    } finally {
      console.clear();
    }
  }

  private void run(
      SparkSession spark,
      JavaSparkContext context,
      RunStart start,
      RunDirectory directory,
      Console console)
      throws IOException {
    JobSettings settings = start.settings();
    CheckpointStore checkpoints =
        directory.checkpoints(settings.training().checkpoint().keep(), line -> warn(console, line));
    if (settings.does(Stage.TRAIN) && directory.isTrained() && !checkpoints.isNewestWhole()) {
      // What training ended with is lost: it goes on from the checkpoint before.
      directory.unmarkTrained();
    }
    boolean train = settings.does(Stage.TRAIN) && !directory.isTrained();
    if (!train && !directory.isTrained()) {
      throw new SettingsException(
          directory.path() + " holds no trained model: put train before evaluate in the pipeline");
    }
    ExecutorMemory.of(spark.sparkContext().getConf())
        .flatMap(ExecutorMemory::warning)
        .ifPresent(line -> warn(console, line));
    String backend = ComputeNodes.settle(context, settings.compute());
    ImageLoader loader = new ImageLoader(spark, settings.data(), settings.seed());
    DataSets data = train ? loader.load() : loader.loadTest();
    tellBadImages(data.badImages(), directory, console);
    TrainedVae trained =
        train
            ? new TrainingStage(context, settings, console, backend)
                .run(data, directory, checkpoints)
            : TrainedVae.restore(checkpoints, settings.training());
    if (train) {
      EpochTable.write(spark, directory, trained.history());
      directory.markTrained();
    }

    Optional<EvaluationSummary> evaluated = Optional.empty();
    if (settings.does(Stage.EVALUATE)) {
      Evaluation evaluation =
          new EvaluationStage(context, settings, console).run(data.test().orElseThrow(), trained);
      start.makeRoom(directory);
      directory.writeDirectory(
          RunDirectory.EVALUATION, path -> evaluation.write(spark, path.toString()));
      evaluated = Optional.of(evaluation.summary());
    }
    if (settings.report().pictures()) {
      Gallery gallery = new Gallery(settings, directory, trained);
      Optional<String> obstacle = PictureSupport.obstacle();
      if (obstacle.isPresent()) {
        warn(console, obstacle.get());
      } else {
        gallery.ofTraining(data);
        if (evaluated.isPresent()) {
          gallery.ofEvaluation(spark, data.test().orElseThrow());
        }
      }
    }
    Results results =
        new Results(
            trainingResult(trained, settings),
            evaluated.map(summary -> EvaluationStage.result(summary)),
            settings.seed(),
            directory.path().toString());
    String json = new Summary(results, Versions.found(), extra(data, trained, evaluated)).json();
    directory.writeText(RunDirectory.SUMMARY, json);
    directory.markFinished();
    console.results(results);
    data.unpersist();
  }

  private void warn(Console console, String line) {
    console.clear();
    err.println("spark-vae: warning: " + Secrets.hideIn(line));
  }

  private static boolean isDone(RunDirectory directory, JobSettings settings) throws IOException {
    return directory.isFinished()
        && (!settings.does(Stage.TRAIN) || directory.isTrained())
        && (!settings.does(Stage.EVALUATE) || directory.isEvaluated());
  }

  private static void tellBadImages(BadImages bad, RunDirectory directory, Console console)
      throws IOException {
    if (bad.count() > 0) {
      directory.writeText(RunDirectory.BAD_IMAGES, bad.json());
      console.line(
          "Left out %,d bad image%s, listed in %s/%s"
              .formatted(
                  bad.count(),
                  bad.count() == 1 ? "" : "s",
                  directory.path(),
                  RunDirectory.BAD_IMAGES));
    }
  }

  private static TrainingResult trainingResult(TrainedVae trained, JobSettings settings) {
    double seconds = 0;
    long images = 0;
    for (EpochRecord epoch : trained.history()) {
      seconds += epoch.seconds();
      images += epoch.images();
    }
    return new TrainingResult(
        VaeNetwork.objective(trained.network()).trainingImages(),
        trained.history().size(),
        settings.data().shards(),
        images / seconds,
        seconds);
  }

  private static Map<String, Object> extra(
      DataSets data, TrainedVae trained, Optional<EvaluationSummary> evaluated) {
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("parameters", VaeNetwork.parameters(trained.network()).length());
    extra.put("model_epoch", trained.epoch());
    data.train().ifPresent(images -> extra.put("training_bytes", images.storedBytes()));
    evaluated.ifPresent(summary -> extra.putAll(EvaluationStage.extra(summary)));
    return extra;
  }
}
