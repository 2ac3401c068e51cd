package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkvae.job.fixtures.DataFixtures.write;
import static org.sparkvae.job.fixtures.Pictures.png;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;

/** Colour images under a likelihood of their levels. */
@Timeout(120)
class LevelsRunTest {
  private static final int SIDE = 4;
  private static final int VALUES = 3 * SIDE * SIDE;

  /** Bits of a pixel's colour: 2 of its red, none of its green, 3 of its blue. */
  private static final double ENTROPY = (2 + 0 + 3) / 3.0;

  @TempDir private Path folder;

  private void images(String set, int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        Color colour = new Color(200 + random.nextInt(4), 120, 30 + random.nextInt(8));
        image.setRGB(pixel % SIDE, pixel / SIDE, colour.getRGB());
      }
      write(folder.resolve(set).resolve(i + ".png"), png(image));
    }
  }

  @Test
  void bitsPerDimensionAreThoseOfAllColoursAndNoFewerThanTheImagesHave() throws IOException {
    images("train", 200, 1);
    images("test", 100, 2);
    RunFiles run = RunFiles.in(folder, "run");
    Path conf =
        Files.writeString(
            folder.resolve("levels.conf"),
            """
            run.directory = "%s"
            data.train { source = folder, path = "%s" }
            data.test { source = folder, path = "%s" }
            data { shards = 1, binarisation = none }
            model {
              likelihood = logistic
              latent = 2
              encoder.hidden = [8]
              decoder.hidden = [8]
            }
            training { epochs = 30, batch = 10, optimiser.learning-rate = 0.01 }
            evaluation.samples = 50
            """
                .formatted(run.root(), folder.resolve("train"), folder.resolve("test")));

    Outcome outcome = LocalJob.run(conf.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode summary = run.json("summary.json");
    double bits = summary.get("bits_per_dimension").doubleValue();
    assertThat(bits)
        .isCloseTo(summary.get("test_nll").doubleValue() / (VALUES * Math.log(2)), within(1e-12));
    // Probabilities of levels cannot beat the entropy; uniform ones have 8 bits.
    assertThat(bits).isBetween(ENTROPY - 0.02, ENTROPY + 1);
  }
}
