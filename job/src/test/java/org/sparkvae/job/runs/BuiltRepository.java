package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparkvae.job.fixtures.SparkProcess;

/**
 * A repository that looks built, with the commands of this one and a Spark that prints its
 * arguments.
 */
final class BuiltRepository {
  private static final Path SUBMIT = Path.of("..", "submit").toAbsolutePath();
  private static final String JAR = "job/target/spark-vae-job-1.jar";

  private BuiltRepository() {}

  /** Makes it in a directory that is not there yet; the job's jar. */
  static Path make(Path root) throws IOException {
    Files.createDirectories(root.resolve("submit"));
    for (String name : List.of("local", "coverage", "zoo", "common.bash", "log4j2.properties")) {
      Files.copy(SUBMIT.resolve(name), root.resolve("submit").resolve(name));
    }
    for (String module : List.of("", "model", "job")) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.createFile(root.resolve(module).resolve("pom.xml"));
    }
    Path jar = root.resolve(JAR);
    Files.createDirectories(jar.getParent());
    try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "rw")) {
      file.setLength(21 << 20);
    }
    script(root.resolve("submit/fetch"), "true");
    script(root.resolve("spark/bin/spark-submit"), "printf '%s\\n' \"$@\"");
    return jar;
  }

  /** One of its commands. */
  static ProcessBuilder command(Path root, String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("submit/" + name).toString()));
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder builder = SparkProcess.builder(command.toArray(String[]::new));
    builder.environment().put("SPARK_HOME", root.resolve("spark").toString());
    return builder;
  }

  static void script(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + command + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
