package org.sparkvae.job.data.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KindCountsTest {

  @Test
  void namesTheFiveMostAndCountsTheOthers() {
    KindCounts five =
        KindCounts.of(Map.of(".txt", 1L, ".webp", 12_000L, "hidden", 1L, ".b", 2L, ".a", 2L));
    assertThat(five).hasToString("12,000 .webp, 2 .a, 2 .b, 1 .txt, 1 hidden");
    KindCounts six = five.plus(KindCounts.one(".c"));
    assertThat(six).hasToString("12,000 .webp, 2 .a, 2 .b, 1 .c, 1 .txt, 1 other");
    assertThat(six.plus(KindCounts.one("x")).plus(KindCounts.one("x")))
        .hasToString("12,000 .webp, 2 .a, 2 .b, 2 x, 1 .c, 2 others");
    assertThat(KindCounts.NONE).hasToString("");
  }

  @Test
  void countsKindsBeyondTheMostTogether() {
    KindCounts counts = KindCounts.of(Map.of("null", 3L));
    for (int i = 0; i < 2 * KindCounts.MOST_KINDS; i++) {
      counts = counts.plus(KindCounts.one("of " + i + " bytes"));
    }
    counts = counts.plus(KindCounts.one("null"));

    assertThat(counts.total()).isEqualTo(4 + 2 * KindCounts.MOST_KINDS);
    assertThat(counts.counts()).hasSize(KindCounts.MOST_KINDS + 1).containsEntry("null", 4L);
    assertThat(counts.toString()).startsWith("4 null, 1 of 0 bytes, ").endsWith(", 1,996 others");
  }
}
