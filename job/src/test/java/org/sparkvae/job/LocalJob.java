package org.sparkvae.job;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sparkvae.job.evaluate.Slicing;

/** The whole command in local mode, in this process. */
final class LocalJob {
  /** What spark-submit sets, and what makes small queries quick. */
  static final Map<String, String> SUBMITTED =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.driver.host", "127.0.0.1",
          "spark.sql.shuffle.partitions", "2",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private LocalJob() {}

  /** How the command ended, and what it printed. */
  record Outcome(int status, String out, String err) {}

  /** Runs the command with more settings of Spark. */
  static Outcome run(Map<String, String> spark, String... arguments) {
    spark.forEach(System::setProperty);
    try {
      return run(arguments);
    } finally {
      spark.keySet().forEach(System::clearProperty);
    }
  }

  /** Runs the command with these arguments. */
  static Outcome run(String... arguments) {
    return run(Slicing.STANDARD, arguments);
  }

  /** Runs the command, whose evaluation is cut so, with these arguments. */
  static Outcome run(Slicing slicing, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    SUBMITTED.forEach(System::setProperty);
    try {
      VaeJob job = new VaeJob(new SparkPipeline(new JobStages(outStream, errStream, slicing)));
      int status = job.run(arguments, outStream, errStream);
      return new Outcome(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      SUBMITTED.keySet().forEach(System::clearProperty);
    }
  }
}
