package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.VaeJob;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;

/** What a whole run, as a process of its own, leaves on the disks of its machine. */
@Timeout(120)
class CleanRunTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void run() throws Exception {
    for (String name : List.of("home", "tmp", "work")) {
      Files.createDirectory(folder.resolve(name));
    }
    String conf = DrawnJob.write(folder, "");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "-"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Dorg.bytedeco.javacpp.cachedir"))
        .forEach(command::add);
    // The JVM's own file of counters goes to /tmp whatever one says.
    command.add("-XX:-UsePerfData");
    command.add("-Duser.home=" + folder.resolve("home"));
    command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    LocalJob.SUBMITTED.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), VaeJob.class.getName()));
    command.addAll(List.of(conf, "run.directory=" + folder.resolve("run")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.resolve("work").toFile());
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().remove("SPARK_LOCAL_DIRS");
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(folder.resolve("run/_SUCCESS")).exists();
  }

  @Test
  void isNothingOutsideTheRunDirectory() throws IOException {
    assertThat(all("home")).isEmpty();
    assertThat(all("tmp")).isEmpty();
    assertThat(all("work")).isEmpty();
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "home", "tmp", "work", "images", "job.conf", "run", "out", "err");
    }
  }

  @Test
  void hasTheUsersUmask() throws IOException {
    TreeMap<String, String> open = new TreeMap<>();
    List<Path> entries = all("run");
    for (Path entry : entries) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(entry));
      if (!mode.endsWith("------")) {
        open.put(entry.toString(), mode);
      }
    }
    assertThat(entries).hasSizeGreaterThan(10);
    assertThat(open).isEmpty();
  }

  private static List<Path> all(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> entries = Files.walk(root)) {
      return entries.filter(entry -> !entry.equals(root)).toList();
    }
  }
}
