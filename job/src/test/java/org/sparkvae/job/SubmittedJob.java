package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code submit/cluster} as a process, its output in files. */
record SubmittedJob(Process process, Path out, Path err) implements AutoCloseable {
  private static final Path SUBMIT = Path.of("..", "submit", "cluster").toAbsolutePath();

  /** How the command ended, and what it printed. */
  record Outcome(int status, String out, String err) {}

  /**
   * Starts the command.
   *
   * @param logs where {@code out} and {@code err} go; made where it is missing
   * @param environment what is set beside the test's own
   */
  static SubmittedJob start(Path logs, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Files.createDirectories(logs);
    List<String> command = new ArrayList<>(List.of(SUBMIT.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = SparkProcess.builder(command.toArray(String[]::new));
    builder.environment().putAll(environment);
    Path out = logs.resolve("out");
    Path err = logs.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new SubmittedJob(process, out, err);
  }

  /** Runs the command to its end. */
  static Outcome run(Path logs, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    try (SubmittedJob job = start(logs, environment, arguments)) {
      return job.outcome();
    }
  }

  /** Waits for its end. */
  Outcome outcome() throws IOException, InterruptedException {
    int status = process.waitFor();
    return new Outcome(status, Files.readString(out), Files.readString(err));
  }

  @Override
  public void close() {
    SparkProcess.end(process);
  }
}
