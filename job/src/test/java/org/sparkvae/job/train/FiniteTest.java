package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiniteTest {
  @Test
  void findsWhatIsNotFinite() {
    assertThat(Finite.all(new float[] {0, -0f, Float.MAX_VALUE, Float.MIN_VALUE, -1})).isTrue();
    assertThat(Finite.all(new float[0])).isTrue();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThat(Finite.all(new float[] {1, bad, 2})).isFalse();
    }
  }
}
