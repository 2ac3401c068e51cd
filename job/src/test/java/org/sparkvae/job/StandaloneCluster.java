package org.sparkvae.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Spark standalone cluster: a master and two workers from {@code target/spark}, a process each.
 *
 * <p>The daemons' logs and the workers' folders lie below {@link #folder}.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern STARTED =
      Pattern.compile(".*Starting Spark master at (spark://\\S+).*");
  private static final Pattern REGISTERED =
      Pattern.compile(".*(Successfully registered with master).*");

  private final Path folder;
  private final Path settings;
  private final List<Process> daemons = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private String master;

  private StandaloneCluster(Path folder, Path settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts one.
   *
   * @param folder of the logs and of the workers
   * @param settings with {@code spark-defaults.conf}, or empty; as SPARK_CONF_DIR
   * @param cores of each worker
   */
  static StandaloneCluster start(Path folder, Path settings, int cores) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(folder, settings);
    try {
      Files.createDirectories(folder);
      cluster.master =
          cluster.start(
              "master",
              STARTED,
              "org.apache.spark.deploy.master.Master",
              List.of("--port", "0", "--webui-port", "0"));
      for (String worker : List.of("worker-1", "worker-2")) {
        cluster.start(
            worker,
            REGISTERED,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--cores",
                Integer.toString(cores),
                "--memory",
                "4g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve(worker).toString(),
                cluster.master));
        cluster.workers.add(cluster.daemons.get(cluster.daemons.size() - 1));
      }
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** The master's URL. */
  String master() {
    return master;
  }

  /** The folder of {@code worker-1} and {@code worker-2}, and of the daemons' logs. */
  Path folder() {
    return folder;
  }

  /** The executors that run now. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(Process::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  @Override
  public void close() {
    for (Process daemon : daemons) {
      SparkProcess.end(daemon);
    }
  }

  /** Starts a daemon, and waits for a line; its group 1. */
  private String start(String name, Pattern ready, String daemon, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-cp", SparkProcess.SPARK.resolve("jars") + "/*"));
    command.addAll(List.of(daemon, "--host", "127.0.0.1"));
    command.addAll(arguments);
    ProcessBuilder builder = SparkProcess.builder(command.toArray(String[]::new));
    builder.environment().put("SPARK_HOME", SparkProcess.SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_CONF_DIR", settings.toString());
    Process process = builder.redirectErrorStream(true).start();
    daemons.add(process);
    BufferedReader out = process.inputReader();
    PrintStream log = new PrintStream(folder.resolve(name + ".log").toFile());
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      log.println(line);
      Matcher matcher = ready.matcher(line);
      if (matcher.matches()) {
        CompletableFuture.runAsync(() -> copy(out, log));
        return matcher.group(1);
      }
    }
    log.close();
    throw new AssertionError(
        daemon + " ended:\n" + Files.readString(folder.resolve(name + ".log")));
  }

  private static void copy(BufferedReader from, PrintStream to) {
    try (to) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        to.println(line);
      }
    } catch (IOException e) {
      // The process was ended.
      return;
    }
  }
}
