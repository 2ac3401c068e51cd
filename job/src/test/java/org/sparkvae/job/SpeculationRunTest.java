package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    DrawnImages.write(folder.resolve("images"));
    String settings = DrawnImages.conf(folder.resolve("images").toString(), "idx", "idx");
    String conf =
        Files.writeString(folder.resolve("job.conf"), settings + "report.pictures = false\n")
            .toString();
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
    submit(conf, run.setting(), speculating(master, taken));

    List<String> jobs = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(taken)) {
      for (Path task : tasks.toList()) {
        jobs.add(Files.readString(task));
      }
    }
    for (String job : SLOW) {
      assertThat(jobs).as("stood still until a copy was done").anyMatch(j -> j.matches(job));
    }
    for (String part : List.of("coefficients.bin", "updaterState.bin")) {
      assertThat(run.model(3, part)).as(part).isEqualTo(local.model(3, part));
    }
    assertThat(run.table("evaluation.parquet")).isEqualTo(local.table("evaluation.parquet"));
  }

  private static Map<String, String> speculating(String master, Path taken) {
    Map<String, String> spark = new TreeMap<>();
    spark.put("spark.master", master);
    spark.put("spark.executor.memory", "1g");
    spark.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    spark.put("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
    spark.put("spark.executorEnv.OMP_NUM_THREADS", "1");
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

  private void submit(String conf, String directory, Map<String, String> spark) throws Exception {
    Path err = folder.resolve("err");
    Process driver =
        DriverProcess.of(VaeJob.class, spark, conf, directory)
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    processes.add(driver);
    int status = driver.waitFor();
    assertThat(status).as("%s", Files.readString(err)).isZero();
  }

  /** Starts one of Spark's daemons, and waits for a line; its group 1. */
  private String start(Class<?> daemon, String ready, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--webui-port", "0"));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = DriverProcess.of(daemon, LOGGING, all.toArray(String[]::new));
    // Workers ask that it have jars; ours are in the class path.
    Path home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
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
