package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;

/** A run that has its scores, but was cut off before it was done. */
@Timeout(120)
class ResumedEvaluationTest {
  private static final String SCORED = "Evaluated already: 12 of 12 images\n";

  private static final String KEPT = "The evaluation that was there before is kept in file:";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles whole;

  @BeforeAll
  static void runOnce() throws IOException {
    conf = DrawnJob.write(folder, "");
    whole = RunFiles.in(folder, "whole");
    Outcome outcome = LocalJob.run(conf, whole.setting());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).doesNotContain("already");
  }

  /** A copy of the run, cut off when half of its pictures were drawn. */
  private static RunFiles cutOffInPictures(String name) throws IOException {
    RunFiles run = whole.copyTo(folder.resolve(name));
    for (String file : List.of("_SUCCESS", "summary.json", "pictures/log-likelihood.png")) {
      Files.delete(run.root().resolve(file));
    }
    return run;
  }

  @Test
  void drawsItsPicturesAndReportsTheSameNumbers() throws IOException {
    RunFiles run = cutOffInPictures("pictures[1]");
    SortedMap<String, RunFiles.Stamp> scores = run.stamps("evaluation.parquet");

    Outcome again = LocalJob.run(conf, run.setting());

    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(again.out()).startsWith(SCORED + "Test: 12 images");
    assertThat(run.stamps("evaluation.parquet")).isEqualTo(scores);
    assertThat(checksums(run)).isNotEmpty().isEqualTo(checksums(whole));
    assertThat(run.names()).isEqualTo(whole.names());
    JsonNode summary = run.json("summary.json");
    assertThat(summary.get("evaluation_images_per_second").isNull()).isTrue();
    assertThat(summary.get("evaluation_seconds").isNull()).isTrue();
    assertThat(numbers(summary)).isEqualTo(numbers(whole.json("summary.json")));
  }

  @Test
  void passesOverWhatIsNoPicture() throws IOException {
    RunFiles run = cutOffInPictures("no picture");
    Path mine = run.root().resolve("pictures/mine.png");
    Files.writeString(mine, "no picture");
    Files.createDirectory(run.root().resolve("pictures/folder.png"));

    Outcome again = LocalJob.run(conf, run.setting());

    assertThat(again.err())
        .isEqualTo(
            "spark-vae: warning: file:"
                + mine
                + " is no picture, and report.html goes without it: delete or restore the file\n");
    assertThat(again.status()).isZero();
    assertThat(run.has("_SUCCESS")).isTrue();
    assertThat(mine).exists();
    assertThat(Files.readString(run.root().resolve("report.html"))).doesNotContain("mine");
  }

  @Test
  void doesNotTakeTheScoresOfAnotherModel() throws IOException {
    RunFiles other = RunFiles.in(folder, "other");
    assertThat(LocalJob.run(conf, other.setting(), "pipeline=[train]", "training.batch=30").err())
        .isEmpty();
    RunFiles run = cutOffInPictures("other model");
    FileUtil.fullyDelete(run.root().resolve("checkpoints").toFile());
    Path model = other.root().resolve("checkpoints");
    assertThat(new RunFiles(model).copyTo(run.root().resolve("checkpoints")).root()).exists();

    Outcome again = LocalJob.run(conf, run.setting());

    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    RunFiles kept = run.otherEvaluation();
    assertThat(again.out()).startsWith(KEPT + kept.root() + "\nTest: 12 images");
    assertThat(kept.table("evaluation.parquet")).isEqualTo(whole.table("evaluation.parquet"));
    assertThat(run.table("evaluation.parquet")).isNotEqualTo(whole.table("evaluation.parquet"));
    assertThat(LocalJob.run(conf, other.setting(), "pipeline=[evaluate]", "training.batch=30"))
        .extracting(Outcome::status)
        .isEqualTo(0);
    assertThat(run.table("evaluation.parquet")).isEqualTo(other.table("evaluation.parquet"));
  }

  @Test
  void doesNotTakeTheScoresOfImagesThatHaveChanged() throws IOException {
    RunFiles run = cutOffInPictures("other images");
    Path images = folder.resolve("images/idx/test");
    byte[] before = Files.readAllBytes(images);
    byte[] changed = before.clone();
    changed[changed.length - 1] ^= 0x40;
    try {
      Files.write(images, changed);

      Outcome again = LocalJob.run(conf, run.setting());

      assertThat(again.err()).isEmpty();
      RunFiles kept = run.otherEvaluation();
      assertThat(again.out()).startsWith(KEPT + kept.root() + "\nTest: 12 images");
      assertThat(kept.table("evaluation.parquet")).isEqualTo(whole.table("evaluation.parquet"));
      assertThat(run.table("evaluation.parquet").schema())
          .isNotEqualTo(whole.table("evaluation.parquet").schema());
    } finally {
      Files.write(images, before);
    }
  }

  @Test
  void inSlicesItEndsTheSame() throws IOException {
    RunFiles run = whole.copyTo(folder.resolve("slices"));
    Files.delete(run.root().resolve("_SUCCESS"));
    FileUtil.fullyDelete(run.root().resolve("evaluation.parquet").toFile());

    Outcome again = LocalJob.run(SlicedJob.FOUR, conf, run.setting());

    assertThat(again.err()).isEmpty();
    assertThat(again.out()).startsWith("Test: 12 images");
    SameBits.require(run, whole, 3);
    assertThat(numbers(run.json("summary.json"))).isEqualTo(numbers(whole.json("summary.json")));
    assertThat(run.names()).isEqualTo(whole.names());
  }

  /** All but the speeds, and what only a job that trained knows. */
  private static JsonNode numbers(JsonNode summary) {
    return ((ObjectNode) summary)
        .deepCopy()
        .remove(List.of("evaluation_images_per_second", "evaluation_seconds", "training_bytes"));
  }

  private static Map<String, Long> checksums(RunFiles run) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    run.stamps("pictures").forEach((name, stamp) -> checksums.put(name, stamp.crc()));
    return checksums;
  }
}
