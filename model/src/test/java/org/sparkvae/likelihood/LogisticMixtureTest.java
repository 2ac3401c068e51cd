package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class LogisticMixtureTest {
  private static final double[] LEVELS =
      IntStream.range(0, 256).mapToDouble(level -> level / 255.0).toArray();

  private static OnePixel pixel(DataType type, int count, double... bias) {
    OnePixel pixel = new OnePixel(new LogisticMixture(bias.length / 3, -10, 10), 0.3, count, type);
    pixel.set("bias", bias);
    return pixel;
  }

  /** Logits of any size, locations in and far outside the levels, scales of all sizes. */
  private static double[] bias(int components, long seed) {
    Random random = new Random(seed);
    double[] bias = new double[3 * components];
    for (int c = 0; c < components; c++) {
      bias[c] = (float) (Math.pow(10, 1 + random.nextInt(3)) * random.nextGaussian());
      bias[components + c] = (float) (0.5 + 3 * random.nextGaussian());
      bias[2 * components + c] = (float) (-8 + 10 * random.nextDouble());
    }
    return bias;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void theLevelsHaveProbabilityOne(int components) {
    for (long seed = 0; seed < 10; seed++) {
      double[] bias = bias(components, seed);
      for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
        double[] logProbability = pixel(type, 256, bias).at(LEVELS);
        double sum = Arrays.stream(logProbability).map(Math::exp).sum();
        // Levels of float32 are off by 3e-8, of scales down to e^-8.
        assertThat(sum).isCloseTo(1, within(type == DataType.DOUBLE ? 1e-10 : 2e-4));
      }
    }
  }

  @Test
  void isTheMixtureOfItsComponents() {
    double[] locations = {0.1, 0.45, 1.2};
    double[] logScales = {-4, -2.5, -1};
    double[] logits = {0.3, -1, 1.4};
    double[] bias = new double[9];
    double[] expected = new double[256];
    double sumOfWeights = Arrays.stream(logits).map(Math::exp).sum();
    for (int c = 0; c < 3; c++) {
      bias[c] = logits[c];
      bias[3 + c] = locations[c];
      bias[6 + c] = logScales[c];
      OnePixel part =
          new OnePixel(new Logistic(Logistic.Scale.PER_PIXEL, -10, 10), 0.3, 256, DataType.DOUBLE);
      part.set("location.bias", locations[c]);
      part.set("log-scale.bias", logScales[c]);
      double[] logProbability = part.at(LEVELS);
      for (int k = 0; k < 256; k++) {
        expected[k] += Math.exp(logits[c] + logProbability[k]) / sumOfWeights;
      }
    }
    double[] logProbability = pixel(DataType.DOUBLE, 256, bias).at(LEVELS);
    assertThat(Arrays.stream(logProbability).map(Math::exp).toArray())
        .containsExactly(expected, within(1e-12));
  }

  @Test
  void oneComponentIsTheLogistic() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      OnePixel single =
          new OnePixel(new Logistic(Logistic.Scale.PER_PIXEL, -10, 10), 0.3, 256, type);
      OnePixel mixture = pixel(type, 256, 7, 0.3f, -2.3f);
      assertThat(mixture.at(LEVELS)).containsExactly(single.at(LEVELS), within(1e-6));
      double[] derivatives = mixture.derivatives("bias");
      assertThat(derivatives[0]).isCloseTo(0, within(1e-4));
      assertThat(derivatives[1]).isCloseTo(single.derivatives("location.bias")[0], within(1e-2));
      assertThat(derivatives[2]).isCloseTo(single.derivatives("log-scale.bias")[0], within(1e-2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10})
  void isFiniteInFloat32(int components) {
    for (long seed = 20; seed < 30; seed++) {
      OnePixel pixel = pixel(DataType.FLOAT, 256, bias(components, seed));
      for (double value : pixel.at(LEVELS)) {
        assertThat(value).isFinite().isLessThanOrEqualTo(1e-6);
      }
      for (double derivative : pixel.derivatives("bias")) {
        assertThat(derivative).isFinite();
      }
    }
  }

  @Test
  void itsMeanIsThatOfTheComponents() {
    LogisticMixture likelihood = new LogisticMixture(2, -10, 10);
    OnePixel pixel = pixel(DataType.DOUBLE, 256, 0, Math.log(3), 0.2, 0.9, -3, -2);
    double[] logProbability = pixel.at(LEVELS);
    double mean = 0;
    for (int k = 0; k < 256; k++) {
      mean += LEVELS[k] * Math.exp(logProbability[k]);
    }
    assertThat(pixel.mean(likelihood)).isCloseTo(mean, within(1e-5));
  }

  @Test
  void startsAtTheMeanImageWithComponentsApart() {
    LogisticMixture likelihood = new LogisticMixture(4, -7, 0);
    OnePixel pixel = new OnePixel(likelihood, 0.2, 1, DataType.DOUBLE);
    assertThat(Arrays.copyOfRange(pixel.parameter("bias"), 4, 8))
        .containsExactly(new double[] {-0.1, 0.1, 0.3, 0.5}, within(1e-6));
  }

  @Test
  void refusesAMixtureOfNothing() {
    assertThatThrownBy(() -> new LogisticMixture(0, -7, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("components must be from 1 to 100, but is 0");
  }
}
