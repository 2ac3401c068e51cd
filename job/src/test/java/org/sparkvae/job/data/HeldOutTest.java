package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.data.shards.Placement;

class HeldOutTest {

  private static BitSet drawn(HeldOut split) {
    BitSet held = new BitSet();
    for (int p = 0; p < split.images(); p++) {
      if (split.placeHeld(p) != Placement.LEFT_OUT) {
        held.set(p);
      }
    }
    return held;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.0, 0",
    "10, 0.04, 0",
    "10, 0.05, 1",
    "10, 0.1, 1",
    "10, 0.5, 5",
    "10, 0.9, 9",
    "1000, 0.1, 100",
    "997, 0.333, 332",
    "60000, 0.16667, 10000",
    "7, 0.99, 7"
  })
  void holdsOutExactlyTheFractionAndNumbersBothSetsInOrder(int images, double fraction, int held) {
    HeldOut split = HeldOut.of(3, images, fraction);
    assertThat(split.held()).isEqualTo(held);
    long nextHeld = 0;
    long nextKept = 0;
    for (int p = 0; p < images; p++) {
      long asHeld = split.placeHeld(p);
      long asKept = split.placeKept(p);
      if (asHeld == Placement.LEFT_OUT) {
        assertThat(asKept).isEqualTo(nextKept++);
      } else {
        assertThat(asHeld).isEqualTo(nextHeld++);
        assertThat(asKept).isEqualTo(Placement.LEFT_OUT);
      }
    }
    assertThat(nextHeld).isEqualTo(held);
    assertThat(nextKept).isEqualTo(images - held);
  }

  @Test
  void dependsOnTheSeed() {
    BitSet one = drawn(HeldOut.of(1, 1000, 0.1));
    assertThat(drawn(HeldOut.of(1, 1000, 0.1))).isEqualTo(one);
    assertThat(drawn(HeldOut.of(2, 1000, 0.1))).isNotEqualTo(one);
  }

  @Test
  void drawsEveryPlaceOfARunAlike() {
    int[] counts = new int[10];
    HeldOut split = HeldOut.of(1, 100_000, 0.1);
    drawn(split).stream().forEach(p -> counts[p % 10]++);
    for (int count : counts) {
      // Six standard deviations of a binomial around 1,000.
      assertThat(count).isBetween(820, 1180);
    }
  }
}
