package org.sparkvae.job.train.weights;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiniteTest {
  @Test
  void findsWhatIsNotFinite() {
    assertThat(Finite.all(new float[] {0, -0f, Float.MAX_VALUE, Float.MIN_VALUE, -1}, 0, 5))
        .isTrue();
    assertThat(Finite.all(new float[0], 0, 0)).isTrue();
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int place = 0; place < 7; place++) {
        float[] values = {1, 2, 3, 4, 5, 6, 7};
        values[place] = bad;
        assertThat(Finite.all(values, 0, 7)).isFalse();
        assertThat(Finite.all(values, place, place + 1)).isFalse();
        assertThat(Finite.all(values, 0, place)).isTrue();
        assertThat(Finite.all(values, place + 1, 7)).isTrue();
      }
    }
  }
}
