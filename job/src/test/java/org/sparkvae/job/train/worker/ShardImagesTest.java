package org.sparkvae.job.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.fixtures.Tiny;

class ShardImagesTest {
  @Test
  void numbersImagesThroughAllBlocks() {
    List<ImageBlock> blocks = new ArrayList<>();
    blocks.add(Tiny.block(0, 3));
    blocks.add(Tiny.block(0, 0));
    for (int b = 0; b < 40; b++) {
      blocks.add(Tiny.block(3 + b, 1));
    }
    blocks.add(Tiny.block(0, 0));
    ShardImages images = ShardImages.of(blocks.iterator());

    assertThat(images.size()).isEqualTo(43);
    ImageBlock copy = ImageBlock.ofSize(43, Tiny.PIXELS);
    IntStream.range(0, 43).forEach(image -> images.copy(image, copy, 42 - image));
    assertThat(copy.ids()).containsExactly(IntStream.range(0, 43).mapToLong(i -> 42 - i).toArray());
    assertThat(Arrays.copyOf(copy.pixels(), Tiny.PIXELS)).isEqualTo(Tiny.block(42, 1).pixels());
    assertThatThrownBy(() -> images.copy(43, copy, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images.copy(-1, copy, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void writesAnImagesValuesAtItsPlace() {
    ShardImages images = ShardImages.of(Tiny.blocks(0, 12).iterator());
    float[] out = new float[2 * Tiny.PIXELS];

    images.values(new Binariser.Intensity(), 11, 1, out, Tiny.PIXELS);

    byte[] expected = Tiny.block(11, 1).pixels();
    for (int p = 0; p < Tiny.PIXELS; p++) {
      assertThat(out[p]).isZero();
      assertThat(out[Tiny.PIXELS + p]).isEqualTo((expected[p] & 0xff) / 255f);
    }
  }
}
