package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** One run whose driver is killed again and again, at points that a seed chooses. */
@Tag("cluster")
@Timeout(900)
class KilledAnywhereTest {
  private static final int KILLS = 24;
  private static final int EPOCHS = 150;
  private static final long SEED = 1;

  @TempDir private Path folder;
  private String conf;

  @Test
  void endsWithTheBitsOfAnUninterruptedRun() throws Exception {
    String more = "data.reshard-every = 1, report.pictures = false, training.epochs = %d";
    conf = DrawnJob.write(folder, more.formatted(EPOCHS));
    RunFiles whole = RunFiles.in(folder, "whole");
    RunFiles killed = RunFiles.in(folder, "killed");
    assertThat(LocalJob.run(conf, whole.setting()).status()).isZero();

    Random random = new Random(SEED);
    List<String> points = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      Map<String, String> fault =
          switch (i % 3) {
            case 0 -> inTheStore(".*", 1 + random.nextInt(60));
            case 1 -> inTheStore("write .*/checkpoints/.*", 1 + random.nextInt(12));
            default -> inAJob(1 + random.nextInt(30));
          };
      points.add(killedIn(fault, killed));
      for (int epoch : killed.checkpoints()) {
        assertThat(killed.brokenDigests(epoch)).as("checkpoint %d: %s", epoch, points).isEmpty();
      }
    }
    assertThat(points)
        .as("half-written files of checkpoints")
        .filteredOn(p -> p.matches("killed in: write .*/checkpoints/_temporary.epoch-.*"))
        .hasSizeGreaterThanOrEqualTo(KILLS / 3);
    assertThat(points).filteredOn(p -> p.matches("killed in: epoch .*")).isNotEmpty();
    assertThat(killed.has("checkpoints/_TRAINED")).as("all killed in training").isFalse();

    Outcome last = LocalJob.run(conf, killed.setting());

    assertThat(last.err()).isEmpty();
    assertThat(last.status()).isZero();
    SameBits.require(killed, whole, EPOCHS);
    assertThat(killed.names()).isEqualTo(whole.names());
  }

  private static Map<String, String> inTheStore(String changes, int number) {
    return Map.of(
        "spark.hadoop.fs.file.impl",
        KillingFileSystem.class.getName(),
        "spark.hadoop." + KillingFileSystem.AT,
        changes,
        "spark.hadoop." + KillingFileSystem.NUMBER,
        Integer.toString(number));
  }

  private static Map<String, String> inAJob(int number) {
    return Map.of(
        "spark.extraListeners",
        DriverKiller.class.getName(),
        DriverKiller.AT,
        ".*",
        DriverKiller.NUMBER,
        Integer.toString(number));
  }

  /** Starts the command, which dies; all it says on standard error is where. */
  private String killedIn(Map<String, String> fault, RunFiles run) throws Exception {
    Outcome outcome =
        DriverProcess.run(DriverProcess.of(VaeJob.class, fault, conf, run.setting()), folder);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(DriverProcess.KILLED);
    List<String> ours =
        outcome.err().lines().filter(line -> line.matches("killed in: .*|spark-vae: .*")).toList();
    assertThat(ours).as("no warning of a torn checkpoint").hasSize(1);
    return ours.get(0);
  }
}
