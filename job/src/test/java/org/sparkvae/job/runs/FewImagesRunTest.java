package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.fixtures.DataFixtures.IDX_IMAGES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;

/** What a run says of itself where there are fewer images than its words are made for. */
@Timeout(120)
class FewImagesRunTest {
  private static final int SIDE = 8;

  @TempDir private Path folder;
  private String conf;

  @BeforeEach
  void write() throws IOException {
    conf =
        DrawnJob.write(
            folder,
            """
            training { epochs = 2, kl-warm-up = 2 }
            report.pictures = false
            run.directory = "%s"
            """
                .formatted(folder.resolve("run")));
  }

  @Test
  void aBatchIsNoLargerThanAShardAndOneTestImageHasNoError() {
    Outcome outcome = LocalJob.run(conf, "training.batch=1000", "data.test.limit=1");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines())
        .contains(
            "  objective  ELBO, KL in closed form, k = 1, KL weight 1 from epoch 2;"
                + " batches of 120 a shard (all of it; 1000 were asked for),"
                + " averaged every 2 steps")
        .anyMatch(line -> line.matches("  negative log-likelihood +[0-9.]+ nats/image"))
        .anyMatch(line -> line.matches(" +epoch +bound, nats +weighted, nats .*"))
        .noneMatch(line -> line.contains("+-"))
        .noneMatch(line -> line.contains("active units"));
  }

  @Test
  void oneShardIsAllTheImages() {
    Outcome outcome = LocalJob.run(conf, "training.batch=241", "data.shards=1", "pipeline=[train]");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .contains(
            "  objective  ELBO, KL in closed form, k = 1, KL weight 1 from epoch 2;"
                + " batches of 240 (all of them; 241 were asked for)");
  }

  @Test
  void imagesThatAllGetTheSameCodeAreWarnedOf() throws IOException {
    byte[] alike = new byte[2 * SIDE * SIDE];
    Path images =
        Files.write(
            folder.resolve("alike"),
            DataFixtures.idx(IDX_IMAGES, new int[] {2, SIDE, SIDE}, alike));

    Outcome outcome =
        LocalJob.run(
            conf, "data.test.path=" + images, "data.test.labels=", "data.binarisation=threshold");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: warning: "
                + images
                + ": all 2 test images are constant, each of a single value; see whether they are"
                + " read as they should be\n"
                + "spark-vae: warning: no latent unit is active (0 of 2): the test images are alike"
                + " or not read as they should be, or the model ignores its latent code and needs"
                + " more epochs, or training.kl-warm-up\n");
  }
}
