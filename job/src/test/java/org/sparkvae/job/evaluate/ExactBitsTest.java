package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactBitsTest {
  private record Numbers(double number, float[] many) {}

  @Test
  void tellTheLastBitApart() {
    Numbers numbers = new Numbers(Double.NaN, new float[] {1});

    assertThat(new Numbers(Double.NaN, new float[] {1}))
        .usingRecursiveComparison(ExactBits.everywhere())
        .isEqualTo(numbers);
    assertThat(new Numbers(Double.NaN, new float[] {Math.nextUp(1f)}))
        .usingRecursiveComparison(ExactBits.everywhere())
        .isNotEqualTo(numbers);
    assertThat(new Numbers(Math.nextUp(1.0), new float[0]))
        .usingRecursiveComparison(ExactBits.everywhere())
        .isNotEqualTo(new Numbers(1.0, new float[0]));
  }
}
