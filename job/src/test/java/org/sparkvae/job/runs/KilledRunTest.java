package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.Mnist;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run that is killed in the middle, and the same command again. */
class KilledRunTest {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void endsWithTheBitsOfAnUninterruptedRun() throws Exception {
    // Checkpoints only after epochs 2 and 4: what epoch 3 did is lost, and is done again.
    String conf =
        Mnist.conf(
            folder,
            """
            training { epochs = 4, checkpoint.every = 2, kl-warm-up = 3, schedule.type = burda }
            data.reshard-every = 1
            report.pictures = false
            """);
    RunFiles whole = RunFiles.in(folder, "whole");
    RunFiles killed = RunFiles.in(folder, "killed");
    assertThat(LocalJob.run(conf, whole.setting()).status()).isZero();

    killAfterEpoch3(conf, killed.setting());
    assertThat(killed.has(RunFiles.checkpoint(2))).isTrue();
    assertThat(killed.has(RunFiles.checkpoint(4))).isFalse();
    assertThat(killed.has("_running")).as("the dead job's lock").isTrue();

    Outcome again = LocalJob.run(conf, killed.setting());
    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(again.out().lines())
        .filteredOn(line -> line.matches(" *\\d/4 .*"))
        .extracting(line -> line.strip().charAt(0))
        .containsExactly('3', '4');
    SameBits.require(killed, whole, 4);
    assertThat(bounds(killed)).hasSize(4).isEqualTo(bounds(whole));
    assertThat(killed.has("_running")).isFalse();
    // Of both jobs together. Added up one after the other: a stream's own sum rounds otherwise.
    assertThat(killed.json("summary.json").get("training_seconds").doubleValue())
        .isEqualTo(
            killed.history(4).stream()
                .mapToDouble(of -> of.times().whole())
                .reduce(0, Double::sum));
  }

  private void killAfterEpoch3(String... arguments) throws Exception {
    Path err = folder.resolve("err");
    Process process =
        DriverProcess.of(StoppingJob.class, Map.of(), arguments)
            .redirectError(err.toFile())
            .start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.matches(StoppingJob.EPOCH_3)) {
        line = out.readLine();
      }
      assertThat(line).as(() -> "epoch 3; the job's stderr: " + text(err)).isNotNull();
      expectRefusal(process.pid(), arguments);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor()).isEqualTo(DriverProcess.KILLED);
    }
  }

  /** The same command beside a process that is at it. */
  private void expectRefusal(long pid, String... arguments) throws IOException {
    RunFiles killed = RunFiles.in(folder, "killed");
    SortedMap<String, RunFiles.Stamp> before = killed.stamps("checkpoints");
    Outcome second = LocalJob.run(arguments);
    assertThat(second.status()).isEqualTo(2);
    assertThat(second.err())
        .startsWith(
            "spark-vae: error: run.directory file:%s is in use by process %d on "
                .formatted(killed.root(), pid))
        .contains(": choose another directory, or wait; if that job was killed, try again in ")
        .hasLineCount(1);
    assertThat(killed.stamps("checkpoints")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate: log p.x. of .*, importance",
    "evaluate: write .*, importance",
    "evaluate: log p.x. of .*, annealed"
  })
  @Timeout(120)
  void inEvaluationGoesOnThereWithoutTrainingAgain(String job, String estimator) throws Exception {
    String conf =
        DrawnJob.write(
            folder,
            """
            report.pictures = false
            evaluation.estimator = %s
            """
                .formatted(estimator));
    RunFiles whole = RunFiles.in(folder, "whole");
    RunFiles killed = RunFiles.in(folder, "killed");
    assertThat(LocalJob.run(conf, whole.setting()).status()).isZero();

    Map<String, String> killer =
        Map.of("spark.extraListeners", DriverKiller.class.getName(), DriverKiller.AT, job);
    Outcome first =
        DriverProcess.run(DriverProcess.of(VaeJob.class, killer, conf, killed.setting()), folder);
    assertThat(first.status()).as(first.err()).isEqualTo(DriverProcess.KILLED);
    assertThat(killed.has("evaluation.parquet")).isFalse();
    SortedMap<String, RunFiles.Stamp> trained = killed.stamps("checkpoints");

    Outcome again = LocalJob.run(conf, killed.setting());

    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(again.out()).startsWith("Test: ");
    assertThat(killed.stamps("checkpoints")).isEqualTo(trained);
    SameBits.require(killed, whole, 3);
  }

  private static List<List<Double>> bounds(RunFiles run) throws IOException {
    List<List<Double>> bounds = new ArrayList<>();
    for (EpochRecord epoch : run.history(4)) {
      bounds.add(
          List.of(
              epoch.measure(EpochRecord.OBJECTIVE),
              epoch.measure("reconstruction"),
              epoch.measure("kl")));
    }
    return bounds;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
