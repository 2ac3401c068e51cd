package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code submit/local} builds, by a Maven that writes a jar as the real one does. */
class SubmitBuildTest {
  @TempDir private Path folder;
  private Path root;
  private Path jar;

  @BeforeEach
  void make() throws IOException {
    root = folder.toRealPath().resolve("repository");
    jar = BuiltRepository.make(root);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    // Cuts the file that is there short, and takes a while.
    BuiltRepository.script(
        root.resolve("bin/mvn"),
        "echo built >> builds; : > %1$s; sleep 1; truncate -s 22M %1$s".formatted(jar));
  }

  private Process start() throws IOException {
    ProcessBuilder builder = BuiltRepository.command(root, "local", "--version");
    builder
        .environment()
        .merge("PATH", root + "/bin", (old, bin) -> bin + File.pathSeparator + old);
    return builder.start();
  }

  private long builds() throws IOException {
    return Files.readAllLines(root.resolve("builds")).size();
  }

  @Test
  void commandsAtOnceBuildOnce() throws Exception {
    Files.delete(jar);
    for (Process process : List.of(start(), start())) {
      assertThat(process.waitFor()).as(process.errorReader().lines().toList().toString()).isZero();
      assertThat(process.inputReader().lines()).contains(jar.toString());
    }
    assertThat(builds()).isEqualTo(1);
    assertThat(start().waitFor()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aJobThatRunsKeepsTheOldJar() throws Exception {
    try (RandomAccessFile old = new RandomAccessFile(jar.toFile(), "r")) {
      long length = old.length();
      assertThat(start().waitFor()).isZero();
      assertThat(builds()).isEqualTo(1);
      assertThat(old.length()).isEqualTo(length);
    }
    assertThat(jar).hasSize(22 << 20);
  }
}
