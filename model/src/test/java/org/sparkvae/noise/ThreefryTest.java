package org.sparkvae.noise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {
  /** The known answers that come with Random123 (kat_vectors, threefry2x32 20). */
  @ParameterizedTest
  @CsvSource({
    "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
    "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
    "243f6a88, 85a308d3, 13198a2e, 03707344, c4923a9c, 483df7a0"
  })
  void givesTheKnownAnswers(
      String counter0, String counter1, String key0, String key1, String first, String second) {
    long key = hex(key1) << 32 | hex(key0);
    assertThat(Threefry.block(key, (int) hex(counter0), (int) hex(counter1)))
        .isEqualTo(hex(second) << 32 | hex(first));
  }

  private static long hex(String word) {
    return Long.parseLong(word, 16);
  }
}
