package org.sparkvae.job;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.TableOpener;
import org.sparkvae.job.report.console.Console;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.job.track.run.TrackedRun;
import org.sparkvae.job.train.TrainedVae;

/**
 * Trains a model and hands it over. The run directory holds its checkpoints meanwhile, which the
 * driver alone writes and reads, and nothing for later.
 */
public final class BareTraining {
  private final PrintStream out;
  private final PrintStream err;
  private final TableOpener tables;

  /**
   * A training.
   *
   * @param out where progress is printed
   * @param err where warnings are printed
   * @param tables opens the tables of images
   */
  public BareTraining(PrintStream out, PrintStream err, TableOpener tables) {
    this.out = out;
    this.err = err;
    this.tables = tables;
  }

  /**
   * What came of it.
   *
   * @param network the model
   * @param settings that it was trained with, the number of shards settled
   */
  public record Outcome(MultiLayerNetwork network, JobSettings settings) {}

  /**
   * Trains to the end.
   *
   * @throws IOException where the directory fails
   */
  public Outcome run(SparkSession spark, JobSettings asked) throws IOException {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Messages messages = new Messages(Console.on(out, ReportSettings.Progress.OFF), err);
    try (RunDirectory directory =
        RunDirectory.open(
            asked.run().directory(),
            context.hadoopConfiguration(),
            spark.sparkContext().applicationId())) {
      RunStart start = RunStart.settle(directory, asked, context.defaultParallelism());
      Preparation prepared = Preparation.of(spark, start, directory, messages, tables);
      JobSettings settings = prepared.start().settings();
      try {
        TrainedVae trained =
            new TrainingStage(context, settings, messages, prepared.backend(), TrackedRun.UNTRACKED)
                .run(prepared, directory);
        return new Outcome(trained.network(), settings);
      } finally {
        prepared.data().unpersist();
      }
    }
  }
}
