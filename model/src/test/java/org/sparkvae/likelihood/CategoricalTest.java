package org.sparkvae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class CategoricalTest {
  private static final DataType[] TYPES = {DataType.FLOAT, DataType.DOUBLE};

  private static double[] values(int levels) {
    return IntStream.range(0, levels).mapToDouble(k -> k / (levels - 1.0)).toArray();
  }

  private static double[] logits(int levels, double scale) {
    Random random = new Random(levels);
    return IntStream.range(0, levels).mapToDouble(k -> scale * random.nextGaussian()).toArray();
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "2, 300", "3, 5", "16, 1", "17, 50", "256, 1", "256, 300"})
  void theLevelsHaveProbabilityOneAndTheirMean(int levels, double scale) {
    Categorical likelihood = new Categorical(levels);
    for (DataType type : TYPES) {
      OnePixel pixel = new OnePixel(likelihood, 0.3, levels, type);
      pixel.set("bias", logits(levels, scale));
      double[] x = values(levels);
      double[] probability = Arrays.stream(pixel.at(x)).map(Math::exp).toArray();
      double mean = 0;
      for (int k = 0; k < levels; k++) {
        mean += x[k] * probability[k];
      }
      double tolerance = type == DataType.FLOAT ? 1e-4 : 1e-12;
      assertThat(Arrays.stream(probability).sum()).isCloseTo(1, within(tolerance));
      // Means are float32 whatever the type.
      assertThat(pixel.mean(likelihood)).isCloseTo(mean, within(Math.max(1e-7, tolerance)));
    }
  }

  @Test
  void twoLevelsAreABernoulliOfTheDifferenceOfTheLogits() {
    for (DataType type : TYPES) {
      for (double[] logits : new double[][] {{0, 0}, {1, -2}, {-40, 60}, {300, 100}}) {
        OnePixel two = new OnePixel(new Categorical(2), 0.5, 3, type);
        OnePixel bernoulli = new OnePixel(new Bernoulli(), 0.5, 3, type);
        two.set("bias", logits);
        bernoulli.set("bias", logits[1] - logits[0]);
        assertThat(two.at(0, 1, 1)).containsExactly(bernoulli.at(0, 1, 1), within(2e-5));
        double slope = bernoulli.derivatives("bias")[0];
        assertThat(two.derivatives("bias"))
            .containsExactly(new double[] {-slope, slope}, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 256})
  void startsAtTheMeanImage(int levels) {
    Categorical likelihood = new Categorical(levels);
    for (double mean : new double[] {0.01, 0.3, 0.5, 0.9}) {
      OnePixel pixel = new OnePixel(likelihood, mean, 1, DataType.DOUBLE);
      assertThat(pixel.mean(likelihood)).isCloseTo(mean, within(1e-5));
    }
    assertThat(new OnePixel(likelihood, 0, 1, DataType.DOUBLE).mean(likelihood))
        .isCloseTo(1e-3, within(1e-6));
  }

  @Test
  void valuesAreRoundedToTheNearestLevel() {
    OnePixel pixel = new OnePixel(new Categorical(4), 0.4, 6, DataType.FLOAT);
    double[] found = pixel.at(0, 0.16, 0.17, 0.5, 0.51, 1);
    double[] levels = new OnePixel(new Categorical(4), 0.4, 4, DataType.FLOAT).at(values(4));
    assertThat(found)
        .containsExactly(levels[0], levels[0], levels[1], levels[2], levels[2], levels[3]);
  }

  @Test
  void refusesOneLevelAndMoreThanThereAre() {
    assertThatThrownBy(() -> new Categorical(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("levels must be from 2 to 256, but is 1");
    assertThatThrownBy(() -> new Categorical(257))
        .hasMessage("levels must be from 2 to 256, but is 257");
  }
}
