package org.sparkvae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.LocalJob.Outcome;

/** The whole command on images in memory and on local disks. */
class StorageRunTest {
  @TempDir private static Path folder;
  private static String conf;

  @BeforeAll
  static void draw() throws IOException {
    conf =
        DrawnJob.write(
            folder, "data { reshard-every = 1, validation.fraction = 0.1 }, report.pictures = off");
  }

  @ParameterizedTest
  @CsvSource({"idx, weighted", "folder, weighted", "idx, dl4j"})
  void theBitsAreTheSame(String source, String strategy) throws IOException {
    RunFiles inMemory = RunFiles.in(folder, source + "-" + strategy + "-memory");
    RunFiles onDisk = RunFiles.in(folder, source + "-" + strategy + "-disk");
    run(inMemory, "auto", source, strategy, "in 2 shards, in memory (15 kB)");
    run(onDisk, "disk", source, strategy, "in 2 shards, on local disks (15 kB)");
    SameBits.require(onDisk, inMemory, 3);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (String column : new String[] {"bound", "validation_bound"}) {
        assertThat(onDisk.history(3).get(epoch).get(column))
            .isNotNull()
            .isEqualTo(inMemory.history(3).get(epoch).get(column));
      }
    }
    // Where images are kept makes no other run of it.
    Outcome again = LocalJob.run(conf, onDisk.setting(), setting(source), strategy(strategy));
    assertThat(again.out()).startsWith("Done already");
  }

  private static void run(
      RunFiles run, String storage, String source, String strategy, String expected) {
    Outcome outcome =
        LocalJob.run(
            conf, run.setting(), "data.storage=" + storage, setting(source), strategy(strategy));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains(expected);
  }

  private static String setting(String source) {
    return "data.train { source = %s, path = \"%s\", labels = \"\" }"
        .formatted(source, folder.resolve("images/" + source + "/train"));
  }

  private static String strategy(String strategy) {
    return "training.averaging.strategy=" + strategy;
  }
}
