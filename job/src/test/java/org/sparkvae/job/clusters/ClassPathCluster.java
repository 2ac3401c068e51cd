package org.sparkvae.job.clusters;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.sparkvae.job.fixtures.DriverProcess;

/**
 * A standalone cluster of this class path: a master, and workers of one core and 1 GiB, each a
 * process of its own.
 */
final class ClassPathCluster implements AutoCloseable {
  /** As Spark logs by default: what its daemons say tells when they are ready. */
  private static final Map<String, String> LOGGING =
      Map.of("log4j2.configurationFile", "classpath:org/apache/spark/log4j2-defaults.properties");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private String master;

  private ClassPathCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts one.
   *
   * @param hosts of the workers, loopback addresses
   */
  static ClassPathCluster start(Path folder, List<String> hosts) throws IOException {
    ClassPathCluster cluster = new ClassPathCluster(folder);
    cluster.master =
        cluster.start(
            Master.class, ".*Starting Spark master at (spark://\\S+).*", "--host", "127.0.0.1");
    for (String host : hosts) {
      cluster.start(
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
          cluster.master);
    }
    return cluster;
  }

  /** The master's URL. */
  String master() {
    return master;
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
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
