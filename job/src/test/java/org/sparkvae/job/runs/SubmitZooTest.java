package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit/zoo} does to the directory of its results. */
class SubmitZooTest {
  @TempDir private Path folder;

  @Test
  void deletesOnlyWhatItWrites() throws Exception {
    Path root = folder.toRealPath().resolve("repository");
    BuiltRepository.make(root);
    Files.createDirectories(root.resolve("conf/models"));
    Path out = Files.createDirectories(folder.resolve("zoo"));
    for (String name : new String[] {"table.csv", "table.txt", "table.json", "table.png"}) {
      Files.createFile(out.resolve(name));
    }
    Process process =
        BuiltRepository.command(root, "zoo", "--only", "plain", "--out", out.toString()).start();
    // There is nothing in the jar to write the table with.
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(process.errorReader().lines()).anyMatch(line -> line.contains("the table failed"));
    assertThat(out).isDirectoryNotContaining("glob:**/table.{txt,json,png}");
    assertThat(out.resolve("table.csv")).exists();
  }
}
