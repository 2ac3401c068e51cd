package org.sparkvae.job.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingTest {
  private static final int BYTES = 1 << 20;
  private static final Packing PACKING = new Packing(1_000, 64, BYTES);

  @Test
  void withoutNamesPixelsAloneCount() {
    assertThat(PACKING.block()).isEqualTo(1_000);
    assertThat(PACKING.piece()).isEqualTo(512);
    assertThat(PACKING.window()).isEqualTo(16_000);
  }

  @Test
  void namesCountAsPixelsDo() {
    Packing named = PACKING.withNamesOf(268);

    assertThat(named.piece() * (64 + 268)).isLessThanOrEqualTo(BYTES / 32);
    assertThat(named.window() * (64 + 268)).isLessThanOrEqualTo(BYTES);
    assertThat(named.window()).isEqualTo(3_000);
    assertThat(named.withNamesOf(10_000).block()).isEqualTo(BYTES / 10_064);
  }

  @Test
  void noNameIsTooLongForABlockOfOne() {
    Packing named = PACKING.withNamesOf(2L * BYTES);

    assertThat(named.block()).isEqualTo(1);
    assertThat(named.piece()).isEqualTo(1);
    assertThat(named.window()).isEqualTo(1);
  }

  /** Objects of 24, 24 and 16 bytes, a reference, and the characters. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({", , 0", ", id, 70", "a/b.png, , 75", "\u00e4, id, 111", "\u0436\u0436, , 72"})
  void aNameTakesItsObjectsAndItsCharacters(String path, String id, long bytes) {
    assertThat(new ImageName(path, id).bytes()).isEqualTo(bytes);
  }

  @Test
  void aBlockTakesItsPixelsAndItsNames() {
    ImageBlock block = ImageBlock.ofSize(3, 5);
    assertThat(block.bytes()).isEqualTo(15);
    block.name(1, new ImageName(null, "id"));
    assertThat(block.bytes()).isEqualTo(15 + 70);
  }
}
