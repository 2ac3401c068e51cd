package org.sparkvae.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticTest {
  @Test
  void countsTheProductsOfTheReferenceNetwork() {
    Arithmetic arithmetic = new Arithmetic(784, 200, 50);

    // 216,800 encoder and 206,800 decoder weights.
    assertThat(arithmetic.training(1)).isEqualTo(6.0 * 423_600);
    assertThat(arithmetic.evaluation(5000)).isEqualTo(2.0 * (216_800 + 5000.0 * 206_800));
    assertThat(arithmetic.annealing(3168)).isEqualTo(4.0 * 3168 * 206_800);
  }

  @Test
  void encodesAnImageOnceHoweverManySamples() {
    Arithmetic arithmetic = new Arithmetic(4, 3, 2);

    // Encoder 4*3 + 3*3 + 3*4 = 33, decoder 2*3 + 3*3 + 3*4 = 27.
    assertThat(arithmetic.evaluation(1)).isEqualTo(2 * (33 + 27));
    assertThat(arithmetic.evaluation(10)).isEqualTo(2 * (33 + 270));
    assertThat(arithmetic.training(10)).isEqualTo(6 * (33 + 270));
  }
}
