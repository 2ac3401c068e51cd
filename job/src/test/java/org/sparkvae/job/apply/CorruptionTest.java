package org.sparkvae.job.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CorruptionTest {
  private static final int VALUES = 40_000;

  private static float[] grey() {
    float[] grey = new float[VALUES];
    Arrays.fill(grey, 0.5f);
    return grey;
  }

  @Test
  void saltAndPepperFallOnAFractionOfTheValuesEvenly() {
    float[] grey = grey();

    float[] noisy = new SaltAndPepper(0.3).of(11, grey);

    int black = 0;
    int white = 0;
    for (float value : noisy) {
      assertThat(value).isIn(0f, 0.5f, 1f);
      black += value == 0 ? 1 : 0;
      white += value == 1 ? 1 : 0;
    }
    // Four standard deviations of a share of 0.15.
    assertThat((double) black / VALUES).isCloseTo(0.15, within(0.0072));
    assertThat((double) white / VALUES).isCloseTo(0.15, within(0.0072));
    assertThat(grey).isEqualTo(grey());
    assertThat(new SaltAndPepper(0.3).of(12, grey)).isNotEqualTo(noisy);
  }

  @Test
  void gaussianNoiseHasItsDeviationAndStaysAmongIntensities() {
    float[] noisy = new GaussianNoise(0.1).of(11, grey());

    double sum = 0;
    double squares = 0;
    for (float value : noisy) {
      assertThat(value).isBetween(0f, 1f);
      sum += value - 0.5;
      squares += (value - 0.5) * (value - 0.5);
    }
    assertThat(sum / VALUES).isCloseTo(0, within(0.002));
    assertThat(Math.sqrt(squares / VALUES)).isCloseTo(0.1, within(0.0015));
    assertThat(new GaussianNoise(9).of(11, grey())).contains(0f, 1f);
  }
}
