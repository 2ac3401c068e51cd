package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * A run that was only trained, whose driver is killed in the first evaluation, in four slices, with
 * evaluation settings that the training knew nothing of.
 */
@Tag("cluster")
@Timeout(240)
class KilledInLaterEvaluationTest {
  private static final String SAMPLES = "evaluation.samples=50";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles trained;
  private static RunFiles whole;
  private static int runs;

  @BeforeAll
  static void runUninterrupted() throws IOException {
    conf = DrawnJob.write(folder, "report.pictures = false, report.html = false");
    trained = RunFiles.in(folder, "trained");
    Outcome training = LocalJob.run(conf, trained.setting(), "pipeline=[train]");
    assertThat(training.status()).as(training.err()).isZero();
    whole = trained.copyTo(folder.resolve("whole"));
    Outcome outcome = LocalJob.run(conf, whole.setting(), SAMPLES);
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  /** Kills at the change to the store, and says how many of 12 images have their scores then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pipeline=[train, evaluate]; rename .*/config.conf; 0",
        "pipeline=[train, evaluate]; rename .*/_temporary.config.conf; 0",
        "pipeline=[train, evaluate]; rename .*/evaluation-slices/_temporary.0000; 0",
        "pipeline=[train, evaluate]; write .*/evaluation-slices/_temporary.0002/.*.parquet; 6",
        "pipeline=[evaluate]; rename .*/_temporary.config.conf; 0",
        "pipeline=[evaluate]; rename .*/evaluation-slices/_temporary.0000; 0",
        "pipeline=[evaluate]; write .*/evaluation-slices/_temporary.0002/.*.parquet; 6"
      })
  void goesOnWithTheScoresThatAreStored(String pipeline, String change, int scored)
      throws Exception {
    RunFiles killed = trained.copyTo(folder.resolve("killed-" + ++runs));
    Map<String, String> fault =
        Map.of(
            "spark.hadoop.fs.file.impl",
            KillingFileSystem.class.getName(),
            "spark.hadoop." + KillingFileSystem.AT,
            change);
    Outcome outcome =
        DriverProcess.run(
            DriverProcess.of(SlicedJob.class, fault, conf, killed.setting(), SAMPLES, pipeline),
            folder.resolve("logs"));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(DriverProcess.KILLED);

    Outcome last = LocalJob.run(SlicedJob.FOUR, conf, killed.setting(), SAMPLES, pipeline);

    assertThat(last.err()).isEmpty();
    assertThat(last.status()).isZero();
    assertThat(last.out())
        .startsWith(
            (scored > 0 ? "Evaluated already: %d of 12 images\n".formatted(scored) : "")
                + "Test: 12 images")
        .endsWith("Results in file:" + killed.root() + "\n");
    SameBits.require(killed, whole, 3);
    assertThat(killed.names()).isEqualTo(whole.names());
    assertThat(Files.readString(killed.root().resolve("config.conf"))).contains("samples=50");
  }
}
