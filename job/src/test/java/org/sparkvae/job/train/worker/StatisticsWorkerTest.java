package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Normalisation;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LayerStatistics;
import org.sparkvae.vae.Vae;

class StatisticsWorkerTest {
  private static final int PIXELS = 3;
  private static final int BATCH = 10;
  private static final int IMAGES = 4 * BATCH;
  private static final int UNITS = 2;
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(PIXELS),
          new Vae(
              1,
              new Mlp(List.of(UNITS, UNITS), Activation.TANH, new Normalisation.Batch(1e-3), 0),
              new Mlp(List.of(), Activation.TANH),
              new Bernoulli()));

  /** Images of two kinds, one after the other, each like all of its kind. */
  private static ImageBlock kinds() {
    byte[] pixels = new byte[IMAGES * PIXELS];
    Arrays.fill(pixels, IMAGES / 2 * PIXELS, pixels.length, (byte) 255);
    long[] ids = new long[IMAGES];
    Arrays.setAll(ids, i -> i);
    return new ImageBlock(ids, new int[IMAGES], pixels);
  }

  private static double[] sums(int shard, int epoch) {
    StatisticsWorkerSpec spec =
        new StatisticsWorkerSpec(MODEL, BATCH, new Binariser.Intensity(), 5);
    float[] parameters = new float[Math.toIntExact(MODEL.parameters())];
    Random random = new Random(2);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    ShardImages images = ShardImages.of(List.of(kinds()).iterator());
    return new StatisticsWorker(spec).sums(shard, images, epoch, parameters);
  }

  /** In minibatches of one kind each, nothing would vary behind the first layer. */
  @Test
  void minibatchesHoldImagesOfAllKinds() {
    double[] sums = sums(0, 1);

    assertThat(sums).hasSize(LayerStatistics.count(MODEL)).hasSize(2 * 2 * UNITS);
    for (int unit = 0; unit < UNITS; unit++) {
      double mean = sums[2 * UNITS + unit] / IMAGES;
      double variance = sums[3 * UNITS + unit] / IMAGES - mean * mean;
      assertThat(variance).isGreaterThan(0.01);
    }
  }

  @Test
  void epochsAndShardsHaveOrdersOfTheirOwn() {
    assertThat(sums(0, 1)).isEqualTo(sums(0, 1));
    assertThat(sums(0, 1)).isNotEqualTo(sums(0, 2)).isNotEqualTo(sums(1, 1));
  }
}
