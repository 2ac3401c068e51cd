package org.sparkvae.job.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.Mnist;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;
import org.sparkvae.job.fixtures.StandaloneCluster;
import org.sparkvae.job.fixtures.SubmittedJob;

/**
 * Hours of training in little: a standalone cluster whose executors die of SIGKILL at random times.
 *
 * <p>Four executors, of which the first one is spared, so that its figures tell of the whole time.
 * The first quarter is the warm-up. {@code soak.rounds} (500) says how long; {@code
 * soak.kill-every} (60), the mean seconds between two deaths; {@code soak.seed} (1) draws times and
 * victims. The figures go to {@code target/soak.csv}, between what they lay and how they grew, to
 * {@code target/soak.txt}.
 */
@Tag("soak")
class SoakTest {
  private static final int ROUNDS = Integer.getInteger("soak.rounds", 500);
  private static final int KILL_EVERY = Integer.getInteger("soak.kill-every", 60);
  private static final int MEASURE_EVERY = 5;
  private static final int SHARDS = 4;
  private static final int ROUNDS_AN_EPOCH = 6;
  private static final int EPOCHS = Math.max(2, (ROUNDS + ROUNDS_AN_EPOCH - 1) / ROUNDS_AN_EPOCH);

  /** Bytes of all shards: whichever executors are left keep those of one that died. */
  private static final long IMAGES = 60_000L * 28 * 28;

  /** Twice parameters and moments of the model, serialised and not, as all shards send them. */
  private static final long UNDER_WAY = 4 * SHARDS * 425_284L * 3 * Float.BYTES;

  private static final Pattern EXECUTOR_ID = Pattern.compile("--executor-id (\\d+)");

  private final Random random = new Random(Long.getLong("soak.seed", 1));
  private final List<ProcessFigures> driver = new ArrayList<>();
  private final List<ProcessFigures> executor = new ArrayList<>();
  private int deaths;

  @TempDir private Path folder;

  @Test
  void executorsDieAndNothingLeaksAndNoBitChanges() throws Exception {
    String conf = Files.writeString(folder.resolve("soak.conf"), settings()).toString();
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "run");
    SparkStorage storage = new SparkStorage(Files.createDirectories(folder.resolve("metrics")));
    List<String> command = new ArrayList<>(List.of(conf, run.setting(), "--"));
    Path settings = Files.createDirectories(folder.resolve("settings"));
    try (StandaloneCluster cluster =
        StandaloneCluster.start(folder.resolve("cluster"), settings, 2)) {
      command.addAll(List.of("--master", cluster.master(), "--executor-memory", "1g"));
      command.addAll(List.of("--conf", "spark.executor.cores=1"));
      command.addAll(storage.options());
      // So little that it is full within the warm-up.
      for (String kept : List.of("Jobs", "Stages", "DeadExecutors")) {
        command.addAll(List.of("--conf", "spark.ui.retained%s=20".formatted(kept)));
      }
      try (SubmittedJob job = SubmittedJob.start(folder.resolve("submit"), Map.of(), command)) {
        disturb(job, cluster, storage);
        SubmittedJob.Outcome outcome = job.outcome();
        assertThat(outcome.status()).as(outcome.err()).isZero();
      }
    }
    int rounds = rounds(run);
    List<String> lines = new ArrayList<>(List.of("executors killed: " + deaths));
    lines.addAll(lines("driver", driver, rounds));
    lines.addAll(lines("executor", executor, rounds));
    Files.write(Path.of("target", "soak.txt"), lines);
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();

    assertThat(rounds).isGreaterThanOrEqualTo(ROUNDS);
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(EPOCHS, part)).as(part).isEqualTo(local.model(EPOCHS, part));
    }
    SameBits.requireScores(run, local);
    assertThat(deaths).as("executors killed").isPositive();
    assertFlat("the driver", driver, rounds);
    assertFlat("the executor", executor, rounds);
  }

  /** Kills and measures until the job ends. */
  private void disturb(SubmittedJob job, StandaloneCluster cluster, SparkStorage storage)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long nextDeath = seconds(start) + drawn();
    try (PrintStream table = new PrintStream(Path.of("target", "soak.csv").toFile())) {
      table.println("seconds,deaths,of," + ProcessFigures.NAMES);
      while (!job.process().waitFor(MEASURE_EVERY, TimeUnit.SECONDS)) {
        List<ProcessHandle> executors = oldestFirst(cluster);
        if (executors.size() < SHARDS) {
          continue;
        }
        String when = seconds(start) + "," + deaths + ",";
        ProcessHandle first = executors.get(0);
        measure(driver(job), "driver", storage, driver, table, when + "driver");
        measure(first, id(first), storage, executor, table, when + "executor");
        if (seconds(start) >= nextDeath) {
          executors.get(1 + random.nextInt(executors.size() - 1)).destroyForcibly();
          deaths++;
          nextDeath = seconds(start) + drawn();
        }
      }
    }
  }

  private static void measure(
      ProcessHandle process,
      String id,
      SparkStorage storage,
      List<ProcessFigures> figures,
      PrintStream table,
      String label)
      throws IOException, InterruptedException {
    OptionalLong used = storage.used(id);
    OptionalLong direct = storage.direct(id);
    if (used.isPresent() && direct.isPresent()) {
      ProcessFigures.of(process.pid(), direct.getAsLong(), used.getAsLong())
          .ifPresent(
              measured -> {
                figures.add(measured);
                table.println(label + "," + measured.line());
                table.flush();
              });
    }
  }

  private static String id(ProcessHandle executor) {
    Matcher id = EXECUTOR_ID.matcher(executor.info().commandLine().orElse(""));
    return id.find() ? id.group(1) : "ended";
  }

  private long drawn() {
    return KILL_EVERY / 2 + random.nextInt(Math.max(1, KILL_EVERY));
  }

  /**
   * No figure grows after the warm-up, as far as noise lets one see. Blocks that an executor takes
   * over from one that died are no growth, but all of them are the images.
   */
  private static void assertFlat(String process, List<ProcessFigures> figures, int rounds) {
    List<ProcessFigures> steady = afterWarmUp(figures);
    for (SteadyFigure figure : SteadyFigure.values()) {
      Trend growth = figure.growth(steady, rounds * steady.size() / figures.size());
      assertThat(figure.leaks(growth)).as(process + ": " + figure.line(growth)).isFalse();
    }
    assertThat(steady)
        .allSatisfy(f -> assertThat(f.storage()).isLessThanOrEqualTo(IMAGES + UNDER_WAY));
  }

  private static List<String> lines(String process, List<ProcessFigures> figures, int rounds) {
    List<ProcessFigures> steady = afterWarmUp(figures);
    List<String> lines = new ArrayList<>();
    lines.add(ProcessFigures.ranges(process, steady));
    for (SteadyFigure figure : SteadyFigure.values()) {
      Trend growth = figure.growth(steady, rounds * steady.size() / figures.size());
      lines.add(process + ": " + figure.line(growth));
    }
    return lines;
  }

  /** All but the first quarter. */
  private static List<ProcessFigures> afterWarmUp(List<ProcessFigures> figures) {
    return figures.subList(figures.size() / 4, figures.size());
  }

  private static int rounds(RunFiles run) {
    return run.table("epochs.parquet").rows().stream()
        .mapToInt(epoch -> epoch.getAs("rounds"))
        .sum();
  }

  private static List<ProcessHandle> oldestFirst(StandaloneCluster cluster) {
    return cluster.executors().stream()
        .sorted(Comparator.comparing(process -> process.info().startInstant().orElseThrow()))
        .toList();
  }

  private static ProcessHandle driver(SubmittedJob job) {
    return job.process()
        .descendants()
        .filter(
            process -> process.info().commandLine().orElse("").contains("org.sparkvae.job.VaeJob"))
        .findFirst()
        .orElseThrow();
  }

  private static long seconds(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }

  private static String settings() throws IOException {
    return """
        data {
          train { source = idx, path = "%s" }
          test { source = idx, path = "%s", limit = 50 }
          shards = %d
        }
        training { epochs = %d, averaging.every = 25, validation.every = 0 }
        evaluation.samples = 100
        report.pictures = false
        """
        .formatted(Mnist.file(Mnist.TRAIN_IMAGES), Mnist.file(Mnist.TEST_IMAGES), SHARDS, EPOCHS);
  }
}
