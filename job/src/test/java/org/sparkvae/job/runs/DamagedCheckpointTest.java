package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run that was cut off, and one byte of whose last checkpoint is then another. */
@Timeout(120)
class DamagedCheckpointTest {
  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles whole;

  @BeforeAll
  static void runOnce() throws IOException {
    conf = DrawnJob.write(folder, "report.pictures = false");
    whole = RunFiles.in(folder, "whole");
    assertThat(LocalJob.run(conf, whole.setting()).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "model.zip, in training",
    "state.json, in training",
    "model.zip, in evaluation",
    "manifest.sha256, in evaluation"
  })
  void goesOnFromTheOneBeforeAndNamesTheFile(String file, String cutOff) throws IOException {
    RunFiles run = whole.copyTo(folder.resolve(file + " " + cutOff));
    Files.delete(run.root().resolve("_SUCCESS"));
    Files.delete(run.root().resolve("evaluation.parquet/_SUCCESS"));
    if (cutOff.equals("in training")) {
      Files.delete(run.root().resolve("checkpoints/_TRAINED"));
    }
    damage(run, file);

    Outcome again = LocalJob.run(conf, run.setting());

    assertThat(again.status()).isZero();
    assertThat(again.err())
        .hasLineCount(1)
        .startsWith("spark-vae: warning: checkpoint file file:" + run.root() + "/checkpoints/")
        .endsWith(" does not match its SHA-256; using the checkpoint before it, if any\n");
    if (!file.equals("manifest.sha256")) {
      assertThat(again.err()).contains("/epoch-000003/" + file + " ");
    }
    assertThat(again.out().lines())
        .filteredOn(line -> line.matches(" *\\d/3 .*"))
        .singleElement()
        .asString()
        .startsWith("      3/3");
    assertThat(run.brokenDigests(3)).isEmpty();
    SameBits.require(run, whole, 3);
    assertThat(run.names()).isEqualTo(whole.names());
  }

  @Test
  void isNotEvaluatedInTheModelsPlace() throws IOException {
    RunFiles run = whole.copyTo(folder.resolve("only evaluated"));
    damage(run, "model.zip");
    SortedMap<String, RunFiles.Stamp> before = run.stamps("");

    Outcome again =
        LocalJob.run(conf, run.setting(), "pipeline=[evaluate]", "evaluation.samples=9");

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "spark-vae: error: file:%s: the trained model, its last checkpoint, is damaged: with the run's config.conf as settings and pipeline=[train, evaluate] training goes on from the one before\n"
                .formatted(run.root()));
    assertThat(run.stamps("")).isEqualTo(before);
  }

  private static void damage(RunFiles run, String file) throws IOException {
    Path damaged = run.root().resolve(RunFiles.checkpoint(3)).resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 3] ^= 1;
    Files.write(damaged, bytes);
  }
}
