package org.sparkvae.job.data.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.settings.Background;
import org.sparkvae.job.settings.Resize.Mode;

class ResizingTest {
  private static final Background BLUE = new Background(0, 0, 250);

  private static int[] resize(Mode mode, ImageShape from, ImageShape to, int... values) {
    byte[] image = new byte[values.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) values[i];
    }
    byte[] out = new byte[to.values() + 2];
    new Resizing(mode, BLUE, to).resize(image, from, out, 1);
    assertThat(out[0]).isZero();
    assertThat(out[out.length - 1]).isZero();
    int[] resized = new int[to.values()];
    Arrays.setAll(resized, i -> out[i + 1] & 0xff);
    return resized;
  }

  private static ImageShape grey(int width, int height) {
    return new ImageShape(width, height, 1);
  }

  @Test
  void stretchesWidthAndHeightEachByItself() {
    // Every other pixel weighs half as much as the nearest two of each new one.
    assertThat(resize(Mode.STRETCH, grey(4, 1), grey(2, 1), 0, 0, 200, 200))
        .containsExactly(25, 175);
    assertThat(resize(Mode.STRETCH, grey(4, 4), grey(1, 1), range(16, 10))).containsExactly(10);
    assertThat(resize(Mode.STRETCH, grey(1, 2), grey(2, 2), 10, 90))
        .containsExactly(10, 10, 90, 90);
  }

  @Test
  void cropsWhatDoesNotFitOnBothSides() {
    assertThat(resize(Mode.CROP, grey(4, 2), grey(2, 2), 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(2, 3, 6, 7);
    assertThat(resize(Mode.CROP, grey(1, 5), grey(1, 1), 1, 2, 3, 4, 5)).containsExactly(3);
    assertThat(resize(Mode.CROP, grey(1, 4), grey(1, 2), 1, 2, 3, 4)).containsExactly(2, 3);
  }

  @Test
  void fitsAnImageIntoTheMiddleOfTheBackground() {
    // The luma of the background is 0.114 * 250 = 28.5.
    assertThat(resize(Mode.FIT, grey(4, 2), grey(4, 4), 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(29, 29, 29, 29, 1, 2, 3, 4, 5, 6, 7, 8, 29, 29, 29, 29);
    assertThat(resize(Mode.FIT, new ImageShape(1, 2, 3), new ImageShape(2, 2, 3), 1, 2, 3, 4, 5, 6))
        .containsExactly(1, 2, 3, 0, 0, 250, 4, 5, 6, 0, 0, 250);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void keepsConstantImagesConstantAtEverySize(Mode mode) {
    int[] sizes = {1, 2, 3, 4, 5, 7, 16, 31};
    Background same = new Background(200, 200, 200);
    for (int width : sizes) {
      for (int height : sizes) {
        for (int toWidth : sizes) {
          for (int toHeight : sizes) {
            ImageShape from = grey(width, height);
            ImageShape to = grey(toWidth, toHeight);
            byte[] image = new byte[from.values()];
            Arrays.fill(image, (byte) 200);
            byte[] out = new byte[to.values()];
            new Resizing(mode, same, to).resize(image, from, out, 0);
            assertThat(out).as("%s to %s", from, to).containsOnly((byte) 200);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void treatsEveryChannelAlikeAndLeavesTheImage(Mode mode) {
    byte[] grey = new byte[37 * 23];
    new Random(1).nextBytes(grey);
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey[i / 3];
    }
    byte[] before = grey.clone();
    for (ImageShape to : new ImageShape[] {grey(16, 16), grey(64, 9), grey(50, 50)}) {
      byte[] small = new byte[to.values()];
      byte[] colour = new byte[3 * to.values()];
      new Resizing(mode, Background.BLACK, to).resize(grey, grey(37, 23), small, 0);
      new Resizing(mode, Background.BLACK, new ImageShape(to.width(), to.height(), 3))
          .resize(rgb, new ImageShape(37, 23, 3), colour, 0);
      for (int i = 0; i < colour.length; i++) {
        assertThat(colour[i]).isEqualTo(small[i / 3]);
      }
    }
    assertThat(grey).isEqualTo(before);
  }

  @Test
  void weighsAllPixelsWhereItReduces() {
    Random random = new Random(1);
    int[] noise = random.ints(300 * 200, 0, 256).toArray();
    double mean = Arrays.stream(noise).average().orElseThrow();
    int[] small = resize(Mode.STRETCH, grey(300, 200), grey(10, 10), noise);
    assertThat(Arrays.stream(small).average().orElseThrow()).isBetween(mean - 1.5, mean + 1.5);
    assertThat(Arrays.stream(small).min().orElseThrow()).isGreaterThan(100);
  }

  @Test
  void isNotMovedAsideWhereItReduces() {
    int[] noise = new Random(2).ints(50 * 30, 0, 256).toArray();
    int[] mirrored = new int[noise.length];
    Arrays.setAll(mirrored, i -> noise[i / 50 * 50 + 49 - i % 50]);
    int[] small = resize(Mode.STRETCH, grey(50, 30), grey(16, 12), noise);
    int[] ofMirrored = resize(Mode.STRETCH, grey(50, 30), grey(16, 12), mirrored);
    for (int i = 0; i < small.length; i++) {
      assertThat(ofMirrored[i / 16 * 16 + 15 - i % 16]).isBetween(small[i] - 1, small[i] + 1);
    }
  }

  private static int[] range(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
