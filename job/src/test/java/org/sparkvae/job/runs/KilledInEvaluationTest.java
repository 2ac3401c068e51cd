package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run whose driver is killed in an evaluation that is stored in four slices. */
@Tag("cluster")
@Timeout(240)
class KilledInEvaluationTest {
  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles whole;
  private static int runs;

  @BeforeAll
  static void runUninterrupted() throws IOException {
    conf = DrawnJob.write(folder, "");
    whole = RunFiles.in(folder, "whole");
    Outcome outcome = LocalJob.run(conf, whole.setting());
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  /** Kills at the change to the store, and says how many of 12 images have their scores then. */
  @ParameterizedTest
  @CsvSource({
    "rename .*/evaluation-slices/_temporary.0000, 0",
    "mkdirs .*/evaluation-slices/_temporary.0002/.*, 6",
    "write .*/evaluation-slices/_temporary.0003/.*.parquet, 9",
    "write .*/_temporary.evaluation.parquet/.*.parquet, 12",
    "rename .*/evaluation-slices, 12",
    "write .*/pictures/_temporary.outliers.png, 12"
  })
  void goesOnWithTheScoresThatAreStored(String change, int scored) throws Exception {
    RunFiles killed = RunFiles.in(folder, "killed-" + ++runs);
    Map<String, String> fault =
        Map.of(
            "spark.hadoop.fs.file.impl",
            KillingFileSystem.class.getName(),
            "spark.hadoop." + KillingFileSystem.AT,
            change);
    Outcome outcome =
        DriverProcess.run(
            DriverProcess.of(SlicedJob.class, fault, conf, killed.setting()),
            folder.resolve("logs"));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(DriverProcess.KILLED);

    Outcome last = LocalJob.run(SlicedJob.FOUR, conf, killed.setting());

    assertThat(last.err()).isEmpty();
    assertThat(last.status()).isZero();
    assertThat(last.out())
        .startsWith(
            (scored > 0 ? "Evaluated already: %d of 12 images\n".formatted(scored) : "")
                + "Test: 12 images");
    SameBits.require(killed, whole, 3);
    assertThat(numbers(killed)).isEqualTo(numbers(whole));
    assertThat(killed.names()).isEqualTo(whole.names());
  }

  /** The summary without its speeds, and what only a job that trained knows. */
  private static ObjectNode numbers(RunFiles run) throws IOException {
    ObjectNode summary = (ObjectNode) run.json("summary.json");
    summary.remove(
        List.of(
            "training_images_per_second",
            "training_seconds",
            "training_bytes",
            "evaluation_images_per_second",
            "evaluation_seconds"));
    return summary;
  }
}
