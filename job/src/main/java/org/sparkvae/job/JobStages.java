package org.sparkvae.job;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.checkpoint.EvaluationElsewhere;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.TableOpener;
import org.sparkvae.job.evaluate.EvaluationOutcome;
import org.sparkvae.job.evaluate.ResumableEvaluation;
import org.sparkvae.job.evaluate.Slicing;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.places.ResultPlaces;
import org.sparkvae.job.places.TablePlaces;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.table.CsvCopy;
import org.sparkvae.job.track.run.TrackedRun;
import org.sparkvae.job.train.TrainedVae;

/** The stages of a run, in its run directory: train, evaluate, and what is told of both. */
public final class JobStages implements SparkPipeline.Stages {
  private static final String DONE_ALREADY = "Done already; the results are in ";

  private final PrintStream out;
  private final PrintStream err;
  private final Slicing slicing;
  private final TableOpener tables;

  /**
   * The stages.
   *
   * @param out where progress and results are printed
   * @param err where warnings are printed
   */
  public JobStages(PrintStream out, PrintStream err) {
    this(out, err, Slicing.STANDARD);
  }

  /**
   * The stages.
   *
   * @param slicing how finely an evaluation's progress is stored
   */
  public JobStages(PrintStream out, PrintStream err, Slicing slicing) {
    this(out, err, slicing, TableOpener.PARQUET);
  }

  /**
   * The stages.
   *
   * @param tables opens the tables of images
   */
  public JobStages(PrintStream out, PrintStream err, Slicing slicing, TableOpener tables) {
    this.out = out;
    this.err = err;
    this.slicing = slicing;
    this.tables = tables;
  }

  @Override
  public void run(SparkSession spark, JobSettings asked) throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    ResultPlaces.check(asked, context.hadoopConfiguration());
    TablePlaces.check(asked, context.hadoopConfiguration());
    Console console = Console.on(out, asked.report().progress());
    try (RunDirectory directory =
        RunDirectory.open(
            asked.run().directory(),
            context.hadoopConfiguration(),
            spark.sparkContext().applicationId())) {
      RunStart start = RunStart.settle(directory, asked, context.defaultParallelism());
      start.remarks().forEach(console::line);
      if (!appliesTheModel(start.settings()) && isDone(start, directory)) {
        tellOfTheEnd(
            start.settings(), directory, context.hadoopConfiguration(), new Messages(console, err));
        console.line(DONE_ALREADY + directory.path());
        return;
      }
      try (EvaluationElsewhere elsewhere = elsewhere(spark, start)) {
        run(spark, start, directory, Optional.ofNullable(elsewhere), new Messages(console, err));
      }
    } finally {
      console.clear();
    }
  }

  /** Tells trackers of a run that is done, where one of them was not told. */
  private static void tellOfTheEnd(
      JobSettings settings, RunDirectory directory, Configuration hadoop, Messages messages)
      throws IOException {
    if (!TrackedRun.lacksEnd(settings, directory, hadoop)) {
      return;
    }
    int keep = settings.training().checkpoint().keep();
    try (TrackedRun tracking = TrackedRun.begin(settings, directory, hadoop, messages::warn)) {
      TrainedVae trained =
          TrainedVae.restore(directory.checkpoints(keep, messages::warn), settings.training());
      tracking.finish(trained.epoch(), trained.history());
    } catch (UncheckedIOException e) {
      messages.warn("tracking: the run's checkpoints cannot be told of: " + e.getMessage());
    }
  }

  /** Whether a stage does something with the trained model beside evaluating it. */
  private static boolean appliesTheModel(JobSettings settings) {
    return settings.does(Stage.ANALYSE) || !settings.applications().isEmpty();
  }

  /** Whether nothing is left to do but what is done with the trained model. */
  private static boolean isDone(RunStart start, RunDirectory directory) throws IOException {
    JobSettings settings = start.settings();
    return start.way() == RunStart.Way.WHERE_IT_WAS
        && directory.isFinished()
        && (!settings.does(Stage.TRAIN) || directory.isTrained())
        && (!settings.does(Stage.EVALUATE) || directory.isEvaluated());
  }

  /** Where the settings name a directory for the evaluation; else null. */
  private static EvaluationElsewhere elsewhere(SparkSession spark, RunStart start) {
    JobSettings settings = start.settings();
    return settings.run().evaluationDirectory().isEmpty()
        ? null
        : EvaluationElsewhere.open(
            settings,
            spark.sparkContext().hadoopConfiguration(),
            spark.sparkContext().applicationId());
  }

  private void run(
      SparkSession spark,
      RunStart asked,
      RunDirectory directory,
      Optional<EvaluationElsewhere> elsewhere,
      Messages messages)
      throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    if (!context.isLocal() && "file".equals(directory.path().toUri().getScheme())) {
      messages.warn(
          directory.path()
              + ": executors on other machines have no such disk; if there are any, set"
              + " run.directory to a path that all share, such as one on HDFS");
    }
    Preparation prepared = Preparation.of(spark, asked, directory, messages, tables);
    try (TrackedRun tracking =
        TrackedRun.begin(
            prepared.start().settings(),
            directory,
            context.hadoopConfiguration(),
            messages::warn)) {
      if (tracking.isTracked() && prepared.trains()) {
        prepared.checkpoints().latest().ifPresent(of -> tracking.epochs(of.state().history()));
      }
      TrainedVae trained = run(spark, prepared, directory, elsewhere, tracking, messages);
      tracking.finish(trained.epoch(), trained.history());
    } finally {
      // The session may be somebody's who goes on with it after a failure.
      prepared.data().unpersist();
    }
  }

  private TrainedVae run(
      SparkSession spark,
      Preparation prepared,
      RunDirectory directory,
      Optional<EvaluationElsewhere> elsewhere,
      TrackedRun tracking,
      Messages messages)
      throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    RunStart start = prepared.start();
    JobSettings settings = start.settings();
    RunReport page = new RunReport(directory, settings, messages);
    TrainedVae trained;
    if (prepared.trains()) {
      trained =
          new TrainingStage(context, settings, messages, prepared.backend(), tracking)
              .run(prepared, directory);
      EpochTable.write(spark, directory, trained.history());
      directory.markTrained(trained.epoch());
      if (settings.report().csv()) {
        CsvCopy.of(EpochTable.of(spark, trained.history()), "epoch")
            .ifPresent(text -> directory.writeText(RunDirectory.EPOCHS_CSV, text));
      }
      page.write(trained);
    } else {
      trained = TrainedVae.restore(prepared.checkpoints(), settings.training());
    }
    Optional<SetWithIds> test = prepared.data().test().map(SetWithIds::new);
    if (appliesTheModel(settings) && (settings.onlyApplies() || isDone(start, directory))) {
      apply(spark, prepared, test, trained, page, messages);
      return trained;
    }
    EvaluationPlace place =
        new EvaluationPlace.Own(start, directory, context.hadoopConfiguration(), messages);
    Optional<EvaluationOutcome> evaluated = Optional.empty();
    if (settings.does(Stage.EVALUATE)) {
      ResumableEvaluation evaluation =
          new EvaluationStage(spark, settings, messages.console()).of(test.orElseThrow(), trained);
      if (start.way() == RunStart.Way.WITH_ANOTHER_EVALUATION) {
        place = EvaluationPlace.Other.of(start, directory, elsewhere, evaluation, messages);
      }
      if (place.isDone(evaluation)) {
        messages.console().line(DONE_ALREADY + place.directory().path());
        return trained;
      }
      place.begin(prepared.data().leftOut());
      evaluated = Optional.of(evaluation.run(place.directory(), slicing, place));
    }
    FinalReport report =
        new FinalReport(settings, prepared.data(), trained, evaluated, place.directory());
    report.write(spark, messages);
    if (place.directory().path().equals(directory.path())) {
      page.write(trained);
    }
    if (appliesTheModel(settings)) {
      report.print(messages);
      apply(spark, prepared, test, trained, page, messages);
      place.markFinished();
    } else {
      place.markFinished();
      report.print(messages);
    }
    return trained;
  }

  /** Does with the trained model what the pipeline asks beside evaluating it, in its order. */
  private static void apply(
      SparkSession spark,
      Preparation prepared,
      Optional<SetWithIds> test,
      TrainedVae trained,
      RunReport page,
      Messages messages)
      throws IOException {
    JobSettings settings = prepared.start().settings();
    Map<String, Application> applications =
        settings.applications().stream().collect(Collectors.toMap(Application::name, of -> of));
    RunDirectory directory = page.directory();
    for (String stage : settings.pipeline()) {
      if (stage.equals(Stage.ANALYSE.toString())) {
        if (new AnalysisStage(spark, settings, messages)
            .run(prepared, test.orElseThrow(), trained, directory)) {
          page.write(trained);
        }
      } else if (applications.containsKey(stage)) {
        if (new ApplicationStage(spark, settings, messages)
            .run(applications.get(stage), test, trained, directory)) {
          page.write(trained);
        }
      }
    }
  }
}
