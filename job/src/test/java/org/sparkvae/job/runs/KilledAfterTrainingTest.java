package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.DriverProcess;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run whose driver is killed when the last epoch is done, in each of the writes that follow. */
@Tag("cluster")
@Timeout(240)
class KilledAfterTrainingTest {
  private static final int EPOCHS = 3;

  /** What an epoch says on standard output. */
  private static final String EPOCH = " *\\d/%d .*".formatted(EPOCHS);

  /** The columns of {@code epochs.parquet} that are no times. */
  private static final List<String> BOUNDS =
      List.of("epoch", "bound", "objective", "reconstruction", "kl", "kl_weight", "images");

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
    assertThat(outcome.out().lines()).filteredOn(line -> line.matches(EPOCH)).hasSize(EPOCHS);
  }

  /**
   * Kills at a change to the store, and where more are named, the command that is started again at
   * the next, which replaces what the one before it left.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write .*/_temporary.epochs.parquet/.*.parquet",
        "rename .*/_temporary.epochs.parquet",
        "rename .*/checkpoints/_temporary._TRAINED",
        "create .*/checkpoints/_temporary._TRAINED, rename .*/_temporary.epochs.parquet",
      })
  void beforeTrainingIsMarked(String changes) throws Exception {
    killedAt(changes, false);
  }

  /** As {@link #beforeTrainingIsMarked}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write .*/_temporary.evaluation.parquet/.*.parquet",
        "create .*/_temporary.evaluation.parquet/_SUCCESS",
        "rename .*/_temporary.evaluation.parquet",
        "write .*/pictures/_temporary.samples.png",
        "rename .*/pictures/_temporary.log-likelihood.png",
        "write .*/_temporary.summary.json",
        "create .*/_temporary._SUCCESS",
        "rename .*/_temporary._SUCCESS",
        "create .*/_temporary.evaluation.parquet/_SUCCESS, rename .*/_temporary.evaluation.parquet",
        "rename .*/_temporary.summary.json, rename .*/pictures/_temporary.samples.png",
        "create .*/_temporary._SUCCESS, rename .*/_temporary.summary.json",
      })
  void afterTrainingIsMarked(String changes) throws Exception {
    killedAt(changes, true);
  }

  private static void killedAt(String changes, boolean marked) throws Exception {
    RunFiles killed = RunFiles.in(folder, "killed-" + ++runs);
    SortedMap<String, RunFiles.Stamp> trained = new TreeMap<>();
    for (String change : changes.split(", ")) {
      Outcome outcome = kill(change, killed);
      assertTrainedOnce(outcome, killed, trained);
      trained = killed.stamps("checkpoints");
      assertThat(trained.containsKey("checkpoints/_TRAINED")).isEqualTo(marked);
      assertThat(killed.has("_SUCCESS")).isFalse();
    }

    Outcome last = LocalJob.run(conf, killed.setting());

    assertThat(last.err()).isEmpty();
    assertThat(last.status()).isZero();
    assertTrainedOnce(last, killed, trained);
    SameBits.require(killed, whole, EPOCHS);
    assertThat(bounds(killed)).hasSize(EPOCHS).isEqualTo(bounds(whole));
    assertThat(pictures(killed)).isNotEmpty().isEqualTo(pictures(whole));
    assertThat(killed.names()).isEqualTo(whole.names());
  }

  /** Requires that the epochs were done in this process or before it, not both. */
  private static void assertTrainedOnce(
      Outcome outcome, RunFiles run, SortedMap<String, RunFiles.Stamp> trained) throws IOException {
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.matches(EPOCH))
        .hasSize(trained.isEmpty() ? EPOCHS : 0);
    assertThat(run.stamps("checkpoints")).containsAllEntriesOf(whole(trained));
  }

  /** Without what was half-written. */
  private static Map<String, RunFiles.Stamp> whole(SortedMap<String, RunFiles.Stamp> files) {
    Map<String, RunFiles.Stamp> whole = new TreeMap<>(files);
    whole.keySet().removeIf(name -> name.contains("/_temporary."));
    return whole;
  }

  private static Outcome kill(String change, RunFiles run) throws Exception {
    Map<String, String> fault =
        Map.of(
            "spark.hadoop.fs.file.impl",
            KillingFileSystem.class.getName(),
            "spark.hadoop." + KillingFileSystem.AT,
            change);
    Outcome outcome =
        DriverProcess.run(
            DriverProcess.of(VaeJob.class, fault, conf, run.setting()), folder.resolve("logs"));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(DriverProcess.KILLED);
    assertThat(outcome.err()).contains("killed in: " + change.substring(0, change.indexOf(' ')));
    return outcome;
  }

  private static List<List<Object>> bounds(RunFiles run) {
    return run.table("epochs.parquet").rows().stream()
        .map(KilledAfterTrainingTest::bounds)
        .toList();
  }

  private static List<Object> bounds(Row epoch) {
    Stream<Object> values = BOUNDS.stream().map(epoch::getAs);
    return values.toList();
  }

  private static Map<String, Long> pictures(RunFiles run) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    run.stamps("pictures").forEach((name, stamp) -> checksums.put(name, stamp.crc()));
    return checksums;
  }
}
