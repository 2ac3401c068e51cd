package org.sparkvae.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command in a process of its own. */
final class DriverProcess {
  /** Exit status of a process that SIGKILL ended. */
  static final int KILLED = 128 + 9;

  private DriverProcess() {}

  /**
   * With this JVM's own options and class path, and what spark-submit sets.
   *
   * @param main the class to run
   * @param spark settings of Spark, beside and before the usual ones of tests
   */
  static ProcessBuilder of(Class<?> main, Map<String, String> spark, String... arguments) {
    Map<String, String> submitted = new TreeMap<>(LocalJob.SUBMITTED);
    submitted.putAll(spark);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    submitted.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /**
   * Runs a process to its end, after which none that it started is left.
   *
   * @param logs where {@code out} and {@code err} go; made where it is missing
   */
  static LocalJob.Outcome run(ProcessBuilder builder, Path logs)
      throws IOException, InterruptedException {
    Path out = Files.createDirectories(logs).resolve("out");
    Path err = logs.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      int status = process.waitFor();
      return new LocalJob.Outcome(status, Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
