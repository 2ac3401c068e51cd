package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;

/** Settings of stages with the trained model that are wrong, in a job that is to train it first. */
@Timeout(120)
class StagesAheadRunTest {
  @TempDir private static Path folder;
  private static String conf;

  @BeforeAll
  static void write() throws IOException {
    conf = DrawnJob.write(folder, "report.pictures = false");
  }

  @Test
  void aBlockOutsideOfTheImages() {
    expect(
        2,
        "impute.missing is a block of 14 x 14 pixels at (7, 7), which does not lie in images of 8 x 8 pixels; set its left, top, width and height",
        "pipeline=[train, evaluate, impute]",
        "impute.missing=block");
  }

  @Test
  void aColumnOfMasksThatTheTableLacks() {
    String table = folder.resolve("with-ids").toString();
    SparkSession.Builder builder = SparkSession.builder();
    LocalJob.SUBMITTED.forEach(builder::config);
    try (SparkSession spark = builder.getOrCreate()) {
      spark
          .read()
          .parquet(folder.resolve("images/parquet/test").toString())
          .selectExpr("monotonically_increasing_id() as id", "image")
          .write()
          .parquet(table);
    }
    expect(
        3,
        table + ": there is no column holes of masks; there are id, image",
        "pipeline=[train, impute]",
        "data.test={ source = parquet, path = \"%s\", id-column = id, labels = \"\", width = 8, height = 8 }"
            .formatted(table),
        "impute.missing={ type = column, name = holes }");
  }

  @Test
  void aDirectoryThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Outcome outcome =
        LocalJob.run(
            conf,
            "run.directory=" + folder.resolve("unmade"),
            "pipeline=[train, sample, encode]",
            "encode.directory=" + file);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("spark-vae: error: encode.directory " + file + " cannot be used (");
    assertThat(RunFiles.in(folder, "unmade").has("checkpoints")).isFalse();
  }

  @Test
  void otherScoresThatAreNotThere() {
    expect(
        2,
        "analyse.outliers.against is /nowhere, where no whole evaluation.parquet is: name that of a job with pipeline = [evaluate] on other images",
        "pipeline=[train, evaluate, analyse]",
        "analyse.kinds=[outliers]",
        "analyse.outliers.against=/nowhere");
  }

  @Test
  void otherRunsThatAreNone() {
    expect(
        2,
        "analyse.runs.directories holds %s, which has no config.conf and summary.json of a run: name a run that is evaluated, or leave it out"
            .formatted(folder),
        "pipeline=[train, evaluate, analyse]",
        "analyse.kinds=[runs]",
        "analyse.runs.directories=[%s, %s]".formatted(folder.resolve("run"), folder));
  }

  private static void expect(int status, String line, String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = conf;
    command[1] = "run.directory=" + folder.resolve("run");
    System.arraycopy(arguments, 0, command, 2, arguments.length);

    Outcome outcome = LocalJob.run(command);

    assertThat(outcome).isEqualTo(new Outcome(status, "", "spark-vae: error: " + line + "\n"));
    assertThat(RunFiles.in(folder, "run").has("config.conf")).isFalse();
  }
}
