package org.sparkvae.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the processes of the tests' clusters start from: what the build assembled, and this Java.
 */
final class SparkProcess {
  /** Spark, as {@code target/spark}. */
  static final Path SPARK = Path.of("target", "spark").toAbsolutePath();

  private SparkProcess() {}

  /** This process's environment without any Spark of the machine's, on the loopback interface. */
  static ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(SPARK|HADOOP|YARN)_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  /** The job's jar, with all that it brings. */
  static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
      return files
          .filter(file -> file.getFileName().toString().matches("spark-vae-job-[^-]*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Ends a process and what it has started. */
  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
