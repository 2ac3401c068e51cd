package org.sparkvae.job.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImagesDigestTest {
  private static final int IMAGES = 23;
  private static final int VALUES = 5;

  private final byte[] pixels = new byte[IMAGES * VALUES];

  ImagesDigestTest() {
    new Random(1).nextBytes(pixels);
  }

  @Test
  void isThatOfItsPieces() {
    String whole = of(0, IMAGES).toString();
    assertThat(whole).matches("[0-9a-f]{16}");
    for (int cut = 0; cut <= IMAGES; cut++) {
      assertThat(of(0, cut).plus(of(cut, IMAGES))).hasToString(whole);
      assertThat(of(0, cut / 2).plus(of(cut / 2, cut)).plus(of(cut, IMAGES))).hasToString(whole);
    }
  }

  @Test
  void tellsOtherImagesAndOtherOrders() {
    String whole = of(0, IMAGES).toString();
    assertThat(of(1, IMAGES).plus(of(0, 1))).doesNotHaveToString(whole);
    assertThat(of(0, IMAGES - 1)).doesNotHaveToString(whole);
    assertThat(of(0, 0)).hasToString("0000000000000000");
    pixels[pixels.length / 2] ^= 1;
    assertThat(of(0, IMAGES)).doesNotHaveToString(whole);
    pixels[pixels.length / 2] ^= 1;
    assertThat(of(0, IMAGES)).hasToString(whole);
  }

  private ImagesDigest of(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(image -> ImagesDigest.of(pixels, image * VALUES, VALUES))
        .reduce(ImagesDigest.NOTHING, ImagesDigest::plus);
  }
}
