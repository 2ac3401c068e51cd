package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;

/** A run of which the folder of training images holds others when it is started again. */
@Timeout(120)
class OtherImagesRunTest {
  private static final String THREE = "training.epochs=3";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles trained;

  @BeforeAll
  static void train() throws IOException {
    DrawnImages.write(folder.resolve("images"));
    conf =
        Files.writeString(
                folder.resolve("job.conf"),
                DrawnImages.conf(folder.resolve("images").toString(), "folder", "folder")
                    + "report.pictures = false\ndata.validation.fraction = 0.1\n")
            .toString();
    trained = RunFiles.in(folder, "trained");
    assertThat(LocalJob.run(conf, trained.setting(), "training.epochs=2", "pipeline=[train]").err())
        .isEmpty();
  }

  @Test
  void isNotTrainedOnWithFewerAndGoesOnOnceTheyAreBack() throws IOException {
    RunFiles run = trained.copyTo(folder.resolve("fewer"));
    SortedMap<String, Stamp> before = run.stamps("");
    Path image = folder.resolve("images/folder/train/0/0000.png");
    Path away = folder.resolve("0000.png");
    Files.move(image, away);
    try {
      expectRefused(run, 215, LocalJob.run(conf, run.setting(), THREE));
      assertThat(run.stamps("")).isEqualTo(before);
      Outcome evaluated =
          LocalJob.run(conf, run.setting(), "training.epochs=2", "pipeline=[evaluate]");
      assertThat(evaluated.status()).as(evaluated.err()).isZero();
    } finally {
      Files.move(away, image);
    }

    Outcome outcome = LocalJob.run(conf, run.setting(), THREE);

    assertThat(outcome.err()).isEmpty();
    assertThat(run.has(RunFiles.checkpoint(3))).isTrue();
  }

  @Test
  void doesNotEndItsTrainingWithMore() throws IOException {
    RunFiles run = trained.copyTo(folder.resolve("more"));
    Files.delete(run.root().resolve("_SUCCESS"));
    Files.delete(run.root().resolve("checkpoints/_TRAINED"));
    Path one = folder.resolve("images/folder/train/0/0000.png");
    Path more = Files.copy(one, one.resolveSibling("more.png"));
    try {
      expectRefused(
          run,
          217,
          LocalJob.run(conf, run.setting(), "training.epochs=2", "pipeline=[train, evaluate]"));
    } finally {
      Files.delete(more);
    }
  }

  @Test
  void isNotTrainedOnWithAsManyOthersOrInAnotherOrder() throws IOException {
    RunFiles run = trained.copyTo(folder.resolve("others"));
    SortedMap<String, Stamp> before = run.stamps("");
    Path first = folder.resolve("images/folder/train/0/0000.png");
    Path last = first.resolveSibling("z.png");
    Files.move(first, last);
    try {
      expectRefused(run, LocalJob.run(conf, run.setting(), THREE));
    } finally {
      Files.move(last, first);
    }
    byte[] image = Files.readAllBytes(first);
    Files.copy(first.resolveSibling("0003.png"), first, StandardCopyOption.REPLACE_EXISTING);
    try {
      expectRefused(run, LocalJob.run(conf, run.setting(), THREE));
    } finally {
      Files.write(first, image);
    }
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void goesOnWhereAnEarlierVersionKeptNoDigests() throws IOException {
    RunFiles run = trained.copyTo(folder.resolve("earlier"));
    Path images = run.root().resolve("images.json");
    String without = Files.readString(images).replaceAll("(?s),\\s*\"digests\".*", "}");
    Files.writeString(images, without);
    // Hadoop compares it with what it wrote.
    Files.deleteIfExists(images.resolveSibling(".images.json.crc"));

    assertThat(LocalJob.run(conf, run.setting(), THREE).err()).isEmpty();

    assertThat(run.has(RunFiles.checkpoint(3))).isTrue();
    assertThat(Files.readString(images)).isEqualTo(without);
  }

  private static void expectRefused(RunFiles run, Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: error: data.train does not hold the images, in their order, that the run in file:%s began with: bring back the images that it had, or begin another run with its model by training.start-from\n"
                .formatted(run.root()));
  }

  private static void expectRefused(RunFiles run, int images, Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: error: data.train holds %d images to train on, but the run in file:%s was trained on 216: bring back the images that it had, or begin another run with its model by training.start-from\n"
                .formatted(images, run.root()));
  }
}
