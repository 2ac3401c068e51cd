package org.sparkvae.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedMeanTest {
  private static final int LENGTH = 5003;

  private final Random random = new Random(1);

  private float[][] vectors(int count) {
    float[][] vectors = new float[count][LENGTH];
    for (float[] vector : vectors) {
      for (int i = 0; i < LENGTH; i++) {
        vector[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 12));
      }
    }
    vectors[0][7] = Float.NaN;
    vectors[0][4999] = Float.POSITIVE_INFINITY;
    vectors[0][5000] = -0f;
    return vectors;
  }

  private static FloatSource[] sources(float[][] vectors) {
    return Arrays.stream(vectors).map(FloatSource::of).toArray(FloatSource[]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void vectorsGiveTheFormulasBits(int count) {
    float[][] vectors = vectors(count);
    double[] weights = random.doubles(count, 1, 60_000).map(Math::rint).toArray();
    double total = Arrays.stream(weights).sum();
    for (int[] range : new int[][] {{0, LENGTH}, {3, 4}, {5, 5}, {1, 2049}, {2047, 4100}}) {
      float[] expected = new float[LENGTH];
      Arrays.fill(expected, 7);
      for (int i = range[0]; i < range[1]; i++) {
        double sum = 0;
        for (int s = 0; s < count; s++) {
          sum = s == 0 ? weights[s] * vectors[s][i] : sum + weights[s] * vectors[s][i];
        }
        expected[i] = (float) (sum / total);
      }
      for (WeightedMean.Loops loops :
          new WeightedMean.Loops[] {new VectorMean(), new WeightedMean.ScalarMean()}) {
        float[] mean = new float[LENGTH];
        Arrays.fill(mean, 7);
        WeightedMean.of(loops, sources(vectors), weights, mean, range[0], range[1]);
        assertThat(mean).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theMeanOfEqualVectorsIsThatVector(int count) {
    float[] same = vectors(1)[0];
    float[][] vectors = new float[count][];
    Arrays.fill(vectors, same);
    double[] weights = random.ints(count, 1, 1 << 29).asDoubleStream().toArray();
    float[] mean = new float[LENGTH];
    WeightedMean.of(sources(vectors), weights, mean, 0, LENGTH);
    assertThat(mean).isEqualTo(same);
  }
}
