package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Slow tasks on a standalone cluster of two hosts, as Spark starts a copy of a task on another host
 * only: two loopback addresses.
 */
@Tag("cluster")
@Timeout(240)
class SpeculationRunTest {
  /** As Spark logs by default: what its daemons say tells when they are ready. */
  private static final Map<String, String> LOGGING =
      Map.of("log4j2.configurationFile", "classpath:org/apache/spark/log4j2-defaults.properties");

  private static final List<String> SLOW =
      List.of("reading the training images", "epoch 2/3, round 2/3", "evaluate: log p.x. of .*");

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void copiesOfSlowTasksChangeNoBit() throws Exception {
    String conf = DrawnJob.write(folder, "report.pictures = false");
    RunFiles local = RunFiles.in(folder, "local");
    RunFiles run = RunFiles.in(folder, "run");
    assertThat(LocalJob.run(conf, local.setting()).status()).isZero();
    String master =
        start(Master.class, ".*Starting Spark master at (spark://\\S+).*", "--host", "127.0.0.1");
    for (String host : List.of("127.0.0.2", "127.0.0.3")) {
      start(
          Worker.class,
          ".*(Successfully registered with master).*",
          "--host",
          host,
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve(host).toString(),
          master);
    }

    Path taken = Files.createDirectory(folder.resolve("taken-back"));
    ProcessBuilder driver =
        DriverProcess.of(VaeJob.class, speculating(master, taken), conf, run.setting());
    LocalJob.Outcome outcome = DriverProcess.run(driver, folder);
    assertThat(outcome.status()).as(outcome.err()).isZero();

    List<String> jobs = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(taken)) {
      for (Path task : tasks.toList()) {
        jobs.add(Files.readString(task));
      }
    }
    for (String job : SLOW) {
      assertThat(jobs).as("stood still until a copy was done").anyMatch(j -> j.matches(job));
    }
    SameBits.require(run, local, 3);
  }

  private static Map<String, String> speculating(String master, Path taken) {
    Map<String, String> spark = ClassPathExecutors.of(master);
    // Eager: a task that takes longer than the other one has a copy at once.
    spark.put("spark.speculation", "true");
    spark.put("spark.speculation.interval", "10ms");
    spark.put("spark.speculation.multiplier", "1.0");
    spark.put("spark.speculation.quantile", "0.5");
    spark.put("spark.speculation.minTaskRuntime", "1ms");
    // For stages of a single task, too.
    spark.put("spark.speculation.task.duration.threshold", "500ms");
    spark.put("spark.plugins", SlowTask.class.getName());
    spark.put(
        SlowTask.AT, "reading the training images|epoch 2/3, round 2/3|evaluate: log p.x. of .*");
    spark.put(SlowTask.NOTES, taken.toString());
    return spark;
  }

  /** Starts one of Spark's daemons, and waits for a line; its group 1. */
  private String start(Class<?> daemon, String ready, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--webui-port", "0"));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = DriverProcess.of(daemon, LOGGING, all.toArray(String[]::new));
    ClassPathExecutors.home(builder, folder.resolve("spark"));
    Process process = builder.redirectErrorStream(true).start();
    processes.add(process);
    BufferedReader out = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      seen.append(line).append('\n');
      Matcher matcher = Pattern.compile(ready).matcher(line);
      if (matcher.matches()) {
        // So that it never waits for a reader.
        CompletableFuture.runAsync(() -> out.lines().forEach(rest -> {}));
        return matcher.group(1);
      }
    }
    throw new AssertionError(daemon + " ended:\n" + seen);
  }
}
