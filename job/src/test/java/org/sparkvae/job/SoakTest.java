package org.sparkvae.job;

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
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hours of training in little: a standalone cluster whose executors die of SIGKILL at random times.
 *
 * <p>Four executors, of which the first one is spared, so that its figures tell of the whole time.
 * {@code soak.rounds} (500) says how long; {@code soak.kill-every} (60), the mean seconds between
 * two deaths; {@code soak.seed} (1) draws times and victims. The figures go to {@code
 * target/soak.csv}, and between what they lay, to {@code target/soak.txt}.
 */
@Tag("soak")
class SoakTest {
  private static final int ROUNDS = Integer.getInteger("soak.rounds", 500);
  private static final int KILL_EVERY = Integer.getInteger("soak.kill-every", 60);
  private static final int MEASURE_EVERY = 10;
  private static final int SHARDS = 4;
  private static final int ROUNDS_AN_EPOCH = 6;
  private static final int EPOCHS = Math.max(2, (ROUNDS + ROUNDS_AN_EPOCH - 1) / ROUNDS_AN_EPOCH);

  /** Of all shards: whichever executors are left keep those of one that died. */
  private static final long IMAGES = 60_000L * 28 * 28;

  /** Parameters and moments of the model, 5 MB, as two shards send them. */
  private static final long UNDER_WAY = 2 * 425_284L * 3 * Float.BYTES;

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
    Files.write(
        Path.of("target", "soak.txt"),
        List.of(
            "executors killed: " + deaths,
            ProcessFigures.ranges("driver", afterWarmUp(driver)),
            ProcessFigures.ranges("executor", afterWarmUp(executor))));
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();

    assertThat(rounds(run)).isGreaterThanOrEqualTo(ROUNDS);
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(EPOCHS, part)).as(part).isEqualTo(local.model(EPOCHS, part));
    }
    assertThat(run.table("evaluation.parquet")).isEqualTo(local.table("evaluation.parquet"));
    assertThat(deaths).as("executors killed").isPositive();
    assertFlat("the driver", driver);
    assertFlat("the executor", executor);
  }

  /** Kills and measures until the job ends. */
  private void disturb(SubmittedJob job, StandaloneCluster cluster, SparkStorage storage)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long nextDeath = seconds(start) + drawn();
    try (PrintStream table = new PrintStream(Path.of("target", "soak.csv").toFile())) {
      table.println("seconds,deaths,of,heap,resident,handles,storage");
      while (!job.process().waitFor(MEASURE_EVERY, TimeUnit.SECONDS)) {
        List<ProcessHandle> executors = oldestFirst(cluster);
        if (executors.size() < SHARDS) {
          continue;
        }
        String when = seconds(start) + "," + deaths + ",";
        ProcessHandle first = executors.get(0);
        measure(driver(job), storage.used("driver"), driver, table, when + "driver");
        measure(first, storage.used(id(first)), executor, table, when + "executor");
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
      OptionalLong storage,
      List<ProcessFigures> figures,
      PrintStream table,
      String label)
      throws InterruptedException {
    if (storage.isPresent()) {
      ProcessFigures.of(process.pid(), storage.getAsLong())
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

  private static void assertFlat(String what, List<ProcessFigures> figures) {
    assertFlat(
        what + "'s bytes of heap beside the blocks",
        figures,
        f -> f.heap() - f.storage(),
        UNDER_WAY);
    assertFlat(what + "'s bytes resident", figures, ProcessFigures::resident, IMAGES);
    assertFlat(what + "'s open handles", figures, ProcessFigures::handles, 0);
    assertFlat(what + "'s bytes of Spark's storage", figures, ProcessFigures::storage, IMAGES);
  }

  /**
   * Compares the least of the last quarter with the least of the second, and allows a tenth; the
   * first is the warm-up. A leak raises the least; more than that is what a round has under way
   * when it is measured.
   */
  private static void assertFlat(
      String what,
      List<ProcessFigures> figures,
      ToLongFunction<ProcessFigures> figure,
      long slack) {
    long before = least(figures, figure, 1);
    assertThat(least(figures, figure, 3))
        .as("%s, at first %,d", what, before)
        .isLessThanOrEqualTo(before + before / 10 + slack);
  }

  private static long least(
      List<ProcessFigures> figures, ToLongFunction<ProcessFigures> figure, int quarter) {
    int size = figures.size() / 4;
    assertThat(size).as("measurements a quarter").isGreaterThan(2);
    return figures.stream()
        .skip((long) quarter * size)
        .limit(size)
        .mapToLong(figure)
        .min()
        .orElseThrow();
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
