package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.LogisticDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkvae.likelihood.Logistic.Scale;

class LogisticTest {
  private static final Logistic ANY_SCALE = new Logistic(Scale.PER_PIXEL, -10, 10);

  private static final double[] LEVELS =
      IntStream.range(0, 256).mapToDouble(level -> level / 255.0).toArray();

  /** Locations in and far outside the levels, scales from far below a level to all levels alike. */
  static Stream<Arguments> locationsAndLogScales() {
    List<Arguments> pairs = new ArrayList<>();
    for (double location : new double[] {-40, -0.3, 0, 0.001, 0.37, 0.5, 1, 1.02, 60}) {
      for (double logScale : new double[] {-10, -7, -5.5, -3, -1, 0, 4, 10}) {
        pairs.add(Arguments.of(location, logScale));
      }
    }
    return pairs.stream();
  }

  private static OnePixel pixel(DataType type, double location, double logScale, int count) {
    OnePixel pixel = new OnePixel(ANY_SCALE, 0, count, type);
    pixel.set("location.bias", location);
    pixel.set("log-scale.bias", logScale);
    return pixel;
  }

  @ParameterizedTest
  @MethodSource("locationsAndLogScales")
  void theLevelsHaveProbabilityOne(double location, double logScale) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      double[] logProbability = pixel(type, location, logScale, 256).at(LEVELS);
      double sum = Arrays.stream(logProbability).map(Math::exp).sum();
      // Levels of float32 are off by 3e-8, which is that many scales.
      double tolerance = type == DataType.DOUBLE ? 1e-10 : 1e-5 + 6e-8 * Math.exp(-logScale);
      assertThat(sum).isCloseTo(1, within(tolerance));
    }
  }

  @Test
  void aLevelHasWhatTheLogisticHasAboutIt() {
    LogisticDistribution logistic = new LogisticDistribution(0.4, Math.exp(-2.5));
    double[] logProbability = pixel(DataType.DOUBLE, 0.4, -2.5, 256).at(LEVELS);
    for (int k = 0; k < 256; k++) {
      double below = k == 0 ? 0 : logistic.cumulativeProbability((k - 0.5) / 255);
      double above = k == 255 ? 1 : logistic.cumulativeProbability((k + 0.5) / 255);
      assertThat(Math.exp(logProbability[k]))
          .as("level %d", k)
          .isCloseTo(above - below, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("locationsAndLogScales")
  void valuesAndDerivativesAreFiniteAndKeepTheirDigitsInFloat32(double location, double logScale) {
    for (int level : new int[] {0, 1, 94, 95, 128, 254, 255}) {
      double[][] found = new double[2][];
      for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
        // Of float32 both, so that they are the same numbers.
        OnePixel pixel = pixel(type, (float) location, (float) logScale, 1);
        double value = pixel.at(level / 255f)[0];
        // Inside the bounds: at them there is no derivative.
        pixel.set("log-scale.bias", 0.999 * logScale);
        double byLocation = pixel.derivatives("location.bias")[0];
        double byScale = pixel.derivatives("log-scale.bias")[0];
        found[type == DataType.DOUBLE ? 0 : 1] = new double[] {value, byLocation, byScale};
      }
      // x - m has an error of 1e-7 max(1, |m|), which is that many scales.
      double scales = 1e-6 * Math.max(1, Math.abs(location)) * Math.exp(-logScale);
      for (int i = 0; i < 3; i++) {
        assertThat(found[1][i]).isFinite();
        double slack = i == 1 ? (1 + scales) * Math.exp(-logScale) : 1 + scales;
        assertThat(found[1][i])
            .as("level %d, %s", level, List.of("value", "by location", "by log-scale").get(i))
            .isCloseTo(
                found[0][i], within(2e-6 * (Math.abs(found[0][i]) + slack) + scales * slack));
      }
    }
  }

  @Test
  void aLogScaleIsHeldBetweenItsBounds() {
    Logistic likelihood = new Logistic(Scale.SHARED, -4, -1);
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      OnePixel pixel = new OnePixel(likelihood, 0.3, 3, type);
      double[] x = {0, 0.2, 1};
      for (double bound : new double[] {-4, -1}) {
        pixel.set("log-scale", bound);
        double[] expected = pixel.at(x);
        pixel.set("log-scale", bound + 1e4 * Math.signum(bound + 2));
        assertThat(pixel.at(x)).containsExactly(expected);
        assertThat(pixel.derivatives("log-scale")[0]).isZero();
      }
      pixel.set("log-scale", -2);
      pixel.at(x);
      assertThat(pixel.derivatives("log-scale")[0]).isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("locationsAndLogScales")
  void itsMeanIsThatOfTheLevels(double location, double logScale) {
    OnePixel pixel = pixel(DataType.DOUBLE, location, logScale, 256);
    double[] logProbability = pixel.at(LEVELS);
    double mean = 0;
    for (int k = 0; k < 256; k++) {
      mean += LEVELS[k] * Math.exp(logProbability[k]);
    }
    // Where most of the logistic lies in one level, it is off by up to half of a level.
    double tolerance = logScale < -5 ? 0.5 / 255 : 1e-5;
    assertThat(pixel.mean(ANY_SCALE)).isCloseTo(mean, within(tolerance));
  }

  @Test
  void startsAtTheMeanImageAndBetweenTheBounds() {
    OnePixel pixel = new OnePixel(ANY_SCALE, 0.3, 1, DataType.DOUBLE);
    assertThat(pixel.parameter("location.bias")[0]).isCloseTo(0.3, within(1e-6));
    assertThat(pixel.parameter("log-scale.bias")[0]).isCloseTo(-2.3, within(1e-6));
    Logistic narrow = new Logistic(Scale.PER_PIXEL, -6, -4);
    assertThat(new OnePixel(narrow, 0.3, 1, DataType.DOUBLE).parameter("log-scale.bias"))
        .containsExactly(-5);
  }

  @Test
  void refusesBoundsThatHoldNothing() {
    assertThatThrownBy(() -> new Logistic(Scale.SHARED, -1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "min-log-scale must be below max-log-scale, but is -1.0, and max-log-scale -1.0");
    assertThatThrownBy(() -> new Logistic(Scale.SHARED, -30, 0))
        .hasMessage(
            "min-log-scale and max-log-scale must be from -10 to 10, but are -30.0 and 0.0");
  }
}
