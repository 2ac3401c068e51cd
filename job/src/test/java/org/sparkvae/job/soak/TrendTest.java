package org.sparkvae.job.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {
  /** Resident memory of an executor and of a driver in a soak, MB, every eleven seconds. */
  private static final double[] EXECUTOR = {
    488, 460, 548, 427, 508, 537, 498, 498, 505, 503, 478, 533, 519, 495, 506, 501, 496
  };

  private static final double[] DRIVER = {
    556, 530, 531, 589, 632, 618, 616, 669, 626, 545, 567, 575, 609, 550, 603, 529, 574
  };

  /** MB from one measurement to the next, where the noise has a standard deviation of 30 MB. */
  private static final double LEAK = 6;

  @Test
  void isTheLineOfLeastSquares() {
    // 1.8 i + 0.3, with deviations of 0.2, -0.6, 0.6 and -0.2.
    Trend trend = Trend.of(0.5, 1.5, 4.5, 5.5);
    assertThat(trend.slope()).isCloseTo(1.8, within(1e-12));
    // The root of their squares, 0.8, over two degrees of freedom and the spread of i, 5.
    assertThat(trend.error()).isCloseTo(Math.sqrt(0.08), within(1e-12));
    assertThat(trend.atLeast()).isCloseTo(1.8 - 3 * Math.sqrt(0.08), within(1e-12));
    assertThat(trend.times(10)).isEqualTo(new Trend(trend.slope() * 10, trend.error() * 10));
  }

  @Test
  void deviationsThatLastMakeItLessSure() {
    // The same deviations, up to the mean and slope, one by one and in runs of four.
    double[] alternating = series(16, i -> i % 2);
    double[] lasting = series(16, i -> i / 4 % 2);
    assertThat(Trend.of(lasting).error()).isGreaterThan(1.5 * Trend.of(alternating).error());
  }

  @Test
  void aFlatSeriesDoesNotGrow() {
    assertThat(Trend.of(7, 7, 7, 7, 7)).isEqualTo(new Trend(0, 0));
    assertThatThrownBy(() -> Trend.of(1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatASoakMeasuredIsNoLeakUntilOneIsPlanted() {
    for (double[] measured : new double[][] {EXECUTOR, DRIVER}) {
      assertThat(Trend.of(measured).atLeast()).isNegative();
      assertThat(Trend.of(withLeak(measured, 20)).atLeast()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.6})
  void findsALeakInNoiseAndNoneInNoiseAlone(double alike) {
    int found = 0;
    int falselyFound = 0;
    for (int seed = 0; seed < 1000; seed++) {
      double[] noise = noise(new Random(seed), alike);
      falselyFound += Trend.of(noise).atLeast() > 0 ? 1 : 0;
      found += Trend.of(withLeak(noise, LEAK)).atLeast() > 0 ? 1 : 0;
    }
    assertThat(falselyFound).as("of 1,000 soaks without a leak").isLessThan(20);
    assertThat(found).as("of 1,000 soaks with one").isGreaterThan(950);
  }

  private static double[] noise(Random random, double alike) {
    double[] noise = new double[40];
    double last = random.nextGaussian();
    for (int i = 0; i < noise.length; i++) {
      noise[i] = 500 + 30 * last;
      last = alike * last + Math.sqrt(1 - alike * alike) * random.nextGaussian();
    }
    return noise;
  }

  private static double[] withLeak(double[] measured, double leak) {
    return series(measured.length, i -> measured[i] + leak * i);
  }

  private static double[] series(int length, IntToDoubleFunction value) {
    return IntStream.range(0, length).mapToDouble(value).toArray();
  }
}
