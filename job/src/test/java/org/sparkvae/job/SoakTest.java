package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hours of training in little: a standalone cluster whose executors die of SIGKILL at random times.
 *
 * <p>Four executors, of which the first one is spared, so that its figures tell of the whole time.
 * {@code soak.rounds} (500) says how long; {@code soak.kill-every} (60), the mean seconds between
 * two deaths; {@code soak.seed} (1) draws times and victims. The figures go to {@code
 * target/soak.csv}.
 */
@Tag("soak")
class SoakTest {
  private static final int ROUNDS = Integer.getInteger("soak.rounds", 500);
  private static final int KILL_EVERY = Integer.getInteger("soak.kill-every", 60);
  private static final int MEASURE_EVERY = 10;
  private static final int SHARDS = 4;
  private static final int ROUNDS_AN_EPOCH = 6;
  private static final int EPOCHS = Math.max(2, ROUNDS / ROUNDS_AN_EPOCH);
  private static final long MIB = 1 << 20;

  private final Random random = new Random(Long.getLong("soak.seed", 1));
  private final List<ProcessFigures> driver = new ArrayList<>();
  private final List<ProcessFigures> executor = new ArrayList<>();
  private final List<Long> storage = new ArrayList<>();
  private int deaths;

  @TempDir private Path folder;

  @Test
  void executorsDieAndNothingLeaksAndNoBitChanges() throws Exception {
    String conf = Files.writeString(folder.resolve("soak.conf"), settings()).toString();
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "run");
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(conf, run.setting(), "--"));
    Path settings = Files.createDirectories(folder.resolve("settings"));
    try (StandaloneCluster cluster =
        StandaloneCluster.start(folder.resolve("cluster"), settings, 2)) {
      command.addAll(List.of("--master", cluster.master(), "--executor-memory", "1g"));
      command.addAll(List.of("--conf", "spark.executor.cores=1"));
      command.addAll(List.of("--conf", "spark.ui.port=" + port));
      // So little that it is full within the warm-up.
      for (String kept : List.of("Jobs", "Stages", "DeadExecutors")) {
        command.addAll(List.of("--conf", "spark.ui.retained%s=20".formatted(kept)));
      }
      try (SubmittedJob job = SubmittedJob.start(folder.resolve("submit"), Map.of(), command)) {
        disturb(job, cluster, new SparkStorage(HttpClient.newHttpClient(), port));
        SubmittedJob.Outcome outcome = job.outcome();
        assertThat(outcome.status()).as(outcome.err()).isZero();
      }
    }
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();

    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(EPOCHS, part)).as(part).isEqualTo(local.model(EPOCHS, part));
    }
    assertThat(run.table("evaluation.parquet")).isEqualTo(local.table("evaluation.parquet"));
    assertThat(deaths).as("executors killed").isPositive();
    assertFlat("the driver", driver);
    assertFlat("the executor", executor);
    assertFlat("bytes of Spark's storage", storage, Long::longValue, 20 * MIB);
  }

  /** Kills and measures until the job ends. */
  private void disturb(SubmittedJob job, StandaloneCluster cluster, SparkStorage pages)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long nextDeath = seconds(start) + drawn();
    try (PrintStream table = new PrintStream(Path.of("target", "soak.csv").toFile())) {
      table.println(
          "seconds,deaths,storage,driver_heap,driver_resident,driver_handles,executor_heap,executor_resident,executor_handles");
      while (!job.process().waitFor(MEASURE_EVERY, TimeUnit.SECONDS)) {
        List<ProcessHandle> executors = oldestFirst(cluster);
        OptionalLong used = pages.used();
        if (executors.size() < SHARDS || used.isEmpty()) {
          continue;
        }
        var ofDriver = ProcessFigures.of(driver(job).pid());
        var ofExecutor = ProcessFigures.of(executors.get(0).pid());
        if (ofDriver.isPresent() && ofExecutor.isPresent()) {
          storage.add(used.getAsLong());
          driver.add(ofDriver.get());
          executor.add(ofExecutor.get());
          table.println(
              "%d,%d,%d,%s,%s"
                  .formatted(
                      seconds(start),
                      deaths,
                      used.getAsLong(),
                      line(ofDriver.get()),
                      line(ofExecutor.get())));
          table.flush();
        }
        if (seconds(start) >= nextDeath) {
          executors.get(1 + random.nextInt(executors.size() - 1)).destroyForcibly();
          deaths++;
          nextDeath = seconds(start) + drawn();
        }
      }
    }
  }

  private long drawn() {
    return KILL_EVERY / 2 + random.nextInt(Math.max(1, KILL_EVERY));
  }

  private static void assertFlat(String what, List<ProcessFigures> figures) {
    assertFlat(what + "'s bytes of heap", figures, ProcessFigures::heap, 10 * MIB);
    assertFlat(what + "'s bytes resident", figures, ProcessFigures::resident, 50 * MIB);
    assertFlat(what + "'s open handles", figures, ProcessFigures::handles, 10);
  }

  /** Compares the last quarter with the second; the first is the warm-up. */
  private static <T> void assertFlat(
      String what, List<T> figures, ToLongFunction<T> figure, long slack) {
    long before = median(figures, figure, 1);
    assertThat(median(figures, figure, 3))
        .as("%s, at first %,d", what, before)
        .isLessThanOrEqualTo(before + before / 20 + slack);
  }

  private static <T> long median(List<T> figures, ToLongFunction<T> figure, int quarter) {
    int size = figures.size() / 4;
    assertThat(size).as("measurements a quarter").isGreaterThan(2);
    long[] sorted =
        figures.stream()
            .skip((long) quarter * size)
            .limit(size)
            .mapToLong(figure)
            .sorted()
            .toArray();
    return sorted[size / 2];
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

  private static String line(ProcessFigures figures) {
    return figures.heap() + "," + figures.resident() + "," + figures.handles();
  }

  private static long seconds(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
