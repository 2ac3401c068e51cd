package org.sparkvae.job.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.DataFixtures;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.DataSettings.OnBadImage;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.StorageSetting;
import org.sparkvae.noise.Noise;

class BinariserTest {
  private static final int VALUES = 400;
  private static final ImageBlock BLOCK = block();

  private static ImageBlock block() {
    ImageBlock block = ImageBlock.ofSize(2, VALUES);
    for (int i = 0; i < block.pixels().length; i++) {
      block.pixels()[i] = (byte) i;
    }
    block.ids()[0] = 41;
    block.ids()[1] = 42;
    return block;
  }

  private static Binariser binariser(Binarisation binarisation, double threshold, long seed) {
    DataSettings settings =
        new DataSettings(
            DataFixtures.NONE,
            DataFixtures.NONE,
            DataFixtures.NONE,
            0,
            new DataSettings.Bits(binarisation, threshold),
            new DataSettings.Cut(1, 4, 0),
            OnBadImage.FAIL,
            StorageSetting.AUTO,
            Background.BLACK,
            Resize.NONE);
    return Binariser.of(settings, seed);
  }

  private static float[] values(Binariser binariser, int image, long epoch) {
    float[] out = new float[VALUES + 2];
    out[0] = -1;
    out[VALUES + 1] = -1;
    binariser.write(BLOCK, image, epoch, out, 1);
    assertThat(out[0]).isEqualTo(-1);
    assertThat(out[VALUES + 1]).isEqualTo(-1);
    return java.util.Arrays.copyOfRange(out, 1, VALUES + 1);
  }

  @Test
  void dynamicDrawsByEpochImageAndSeed() {
    Binariser binariser = binariser(Binarisation.DYNAMIC, 0, 9);
    float[] expected = new float[VALUES];
    long key = Noise.key(9, Noise.Purpose.BINARISATION, 3, 42);
    Noise.bernoulli(key, BLOCK.pixels(), VALUES, expected, 0, VALUES);
    assertThat(values(binariser, 1, 3))
        .containsExactly(expected)
        .isNotEqualTo(values(binariser, 1, 4));
    assertThat(values(binariser(Binarisation.DYNAMIC, 0, 10), 1, 3)).isNotEqualTo(expected);
    assertThat(expected).containsOnly(0, 1);
  }

  @Test
  void anImageIsDrawnAlikeInWhateverBlockItLies() {
    ImageBlock alone = ImageBlock.ofSize(1, VALUES);
    BLOCK.copy(1, alone, 0);
    Binariser binariser = binariser(Binarisation.DYNAMIC, 0, 9);
    float[] out = new float[VALUES];
    binariser.write(alone, 0, 3, out, 0);
    assertThat(out).containsExactly(values(binariser, 1, 3));
  }

  @Test
  void staticDrawsAsDynamicDoesInEpochZero() {
    Binariser binariser = binariser(Binarisation.STATIC, 0, 9);
    float[] drawn = values(binariser(Binarisation.DYNAMIC, 0, 9), 0, 0);
    assertThat(values(binariser, 0, 0)).containsExactly(drawn);
    assertThat(values(binariser, 0, 7)).containsExactly(drawn);
  }

  @Test
  void thresholdIsReachedFromItOn() {
    float[] half = values(binariser(Binarisation.THRESHOLD, 0.5, 9), 0, 0);
    float[] exact = values(binariser(Binarisation.THRESHOLD, 100 / 255.0, 9), 0, 0);
    float[] zero = values(binariser(Binarisation.THRESHOLD, 0, 9), 0, 0);
    float[] one = values(binariser(Binarisation.THRESHOLD, 1, 9), 0, 0);
    for (int i = 0; i < 256; i++) {
      assertThat(half[i]).isEqualTo(i >= 128 ? 1 : 0);
      assertThat(exact[i]).isEqualTo(i >= 100 ? 1 : 0);
      assertThat(zero[i]).isEqualTo(1);
      assertThat(one[i]).isEqualTo(i == 255 ? 1 : 0);
    }
  }

  @Test
  void noneGivesIntensities() {
    float[] values = values(binariser(Binarisation.NONE, 0, 9), 1, 0);
    for (int i = 0; i < VALUES; i++) {
      assertThat(values[i]).isEqualTo(((VALUES + i) % 256) / 255f);
    }
  }
}
