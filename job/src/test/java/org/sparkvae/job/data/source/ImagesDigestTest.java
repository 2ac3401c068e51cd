package org.sparkvae.job.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    ImagesDigest whole = of(0, IMAGES);
    assertThat(whole.ordered()).matches("[0-9a-f]{16}").isNotEqualTo(whole.unordered());
    for (int cut = 0; cut <= IMAGES; cut++) {
      ImagesDigest inTwo = of(0, cut).plus(of(cut, IMAGES));
      ImagesDigest inThree = of(0, cut / 2).plus(of(cut / 2, cut).plus(of(cut, IMAGES)));
      assertThat(List.of(inTwo.ordered(), inThree.ordered())).containsOnly(whole.ordered());
      assertThat(List.of(inTwo.unordered(), inThree.unordered())).containsOnly(whole.unordered());
    }
  }

  @Test
  void tellsOtherImagesAndOtherOrders() {
    ImagesDigest whole = of(0, IMAGES);
    ImagesDigest otherOrder = of(1, IMAGES).plus(of(0, 1));
    assertThat(otherOrder.ordered()).isNotEqualTo(whole.ordered());
    assertThat(otherOrder.unordered()).isEqualTo(whole.unordered());
    pixels[pixels.length / 2] ^= 1;
    ImagesDigest others = of(0, IMAGES);
    assertThat(others.ordered()).isNotEqualTo(whole.ordered());
    assertThat(others.unordered()).isNotEqualTo(whole.unordered());
  }

  private ImagesDigest of(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(image -> ImagesDigest.of(pixels, image * VALUES, VALUES))
        .reduce(ImagesDigest.NOTHING, ImagesDigest::plus);
  }
}
