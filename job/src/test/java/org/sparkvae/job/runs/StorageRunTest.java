package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** The whole command on images in memory and on local disks. */
class StorageRunTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException {
    DrawnImages.write(folder);
  }

  @ParameterizedTest
  @CsvSource({"idx, weighted", "folder, weighted", "idx, dl4j"})
  void theBitsAreTheSame(String source, String strategy) throws IOException {
    String name = source + "-" + strategy;
    String settings =
        """
        data { reshard-every = 1, validation.fraction = 0.1 }
        training.averaging.strategy = %s
        report.pictures = off
        """
            .formatted(strategy);
    Path conf = folder.resolve(name + ".conf");
    Files.writeString(conf, DrawnImages.conf(folder.toString(), source, source) + settings);
    RunFiles inMemory = RunFiles.in(folder, name + "-memory");
    RunFiles onDisk = RunFiles.in(folder, name + "-disk");
    run(conf, inMemory, "auto", "in memory (15 kB)");
    run(conf, onDisk, "disk", "on local disks (15 kB)");
    SameBits.require(onDisk, inMemory, 3);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (String column : List.of("bound", "validation_bound")) {
        assertThat(onDisk.history(3).get(epoch).get(column))
            .isEqualTo(inMemory.history(3).get(epoch).get(column));
      }
    }
    // Where images are kept makes no other run of it.
    assertThat(LocalJob.run(conf.toString(), onDisk.setting()).out()).startsWith("Done already");
  }

  private static void run(Path conf, RunFiles run, String storage, String expected) {
    Outcome outcome = LocalJob.run(conf.toString(), run.setting(), "data.storage=" + storage);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains(expected);
  }
}
