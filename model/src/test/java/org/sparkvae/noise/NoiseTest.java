package org.sparkvae.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.sparkvae.noise.Noise.Purpose;

class NoiseTest {
  private static final int MANY = 1 << 20;

  @Test
  void keysOfDifferentUsesDiffer() {
    Set<Long> keys = new HashSet<>();
    int made = 0;
    for (long seed : new long[] {0, 1, 2, -1, 1L << 40}) {
      for (Purpose purpose : Purpose.values()) {
        for (long epoch = 0; epoch < 20; epoch++) {
          for (long item = -5; item < 200; item++) {
            keys.add(Noise.key(seed, purpose, epoch, item));
            made++;
          }
        }
      }
    }
    assertThat(keys).hasSize(made);
  }

  @Test
  void aBitOfAComponentChangesHalfOfTheKey() {
    long key = Noise.key(1, Purpose.SHUFFLE, 2, 3);
    int changed = 0;
    for (int bit = 0; bit < 64; bit++) {
      changed += Long.bitCount(key ^ Noise.key(1 ^ 1L << bit, Purpose.SHUFFLE, 2, 3));
      changed += Long.bitCount(key ^ Noise.key(1, Purpose.SHUFFLE, 2 ^ 1L << bit, 3));
      changed += Long.bitCount(key ^ Noise.key(1, Purpose.SHUFFLE, 2, 3 ^ 1L << bit));
    }
    assertThat(changed / (3 * 64.0)).isCloseTo(32, within(2.0));
  }

  @Test
  void drawingFewerDimensionsGivesThePrefix() {
    float[] all = normals(11, 4, 1000);
    float[] uniforms = uniforms(11, 4, 1000);
    for (int count : new int[] {1, 16, 17, 50, 100, 513}) {
      assertThat(normals(11, 4, count)).isEqualTo(Arrays.copyOf(all, count));
      assertThat(uniforms(11, 4, count)).isEqualTo(Arrays.copyOf(uniforms, count));
    }
  }

  @Test
  void samplesAndKeysAreUncorrelated() {
    float[] one = normals(11, 0, MANY);
    double bound = 5 / Math.sqrt(MANY);
    assertThat(product(one, normals(11, 1, MANY))).isCloseTo(0, within(bound));
    assertThat(product(one, normals(12, 0, MANY))).isCloseTo(0, within(bound));
    for (int lag : new int[] {1, 8, 16, 32}) {
      assertThat(product(one, Arrays.copyOfRange(one, lag, MANY))).isCloseTo(0, within(bound));
    }
  }

  @Test
  void normalsHaveTheMomentsOfANormal() {
    float[] values = normals(1, 2, MANY);
    double[] moments = new double[5];
    for (float value : values) {
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(value, power) / MANY;
      }
    }
    // Five standard errors each: the variance of the k-th power over the count.
    double unit = 5 / Math.sqrt(MANY);
    assertThat(moments[1]).isCloseTo(0, within(unit));
    assertThat(moments[2]).isCloseTo(1, within(unit * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(unit * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(unit * Math.sqrt(96)));
  }

  @Test
  void normalsPassKolmogorovSmirnov() {
    double[] values = new double[100_000];
    float[] drawn = normals(99, 0, values.length);
    Arrays.setAll(values, i -> drawn[i]);
    double distance =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovStatistic(new NormalDistribution(null, 0, 1), values);
    // Exceeded by chance once in 10,000 (Kolmogorov's limit).
    assertThat(distance).isLessThan(2.23 / Math.sqrt(values.length));
  }

  @Test
  void normalsReachTheTails() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    float[] values = normals(8, 0, MANY);
    for (double limit : new double[] {2, 3, 4}) {
      long beyond = 0;
      for (float value : values) {
        beyond += Math.abs(value) > limit ? 1 : 0;
      }
      double expected = 2 * normal.cumulativeProbability(-limit) * MANY;
      assertThat((double) beyond).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void uniformsFillTheUnitInterval() {
    int[] bins = new int[256];
    for (float value : uniforms(3, 1, MANY)) {
      assertThat(value).isGreaterThanOrEqualTo(0f).isLessThan(1f);
      bins[(int) (value * bins.length)]++;
    }
    assertThat(chiSquare(bins)).isLessThan(bins.length + 5 * Math.sqrt(2.0 * bins.length));
  }

  @Test
  void aSampleBeyond32BitsIsRefused() {
    assertThatThrownBy(() -> Noise.normal(1, 1L << 32, new float[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967296");
    assertThatThrownBy(() -> Noise.normal(1, (1L << 32) - 2, 3, new float[3], 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967296");
    Noise.normal(1, (1L << 32) - 2, 2, new float[2], 0, 1, 1);
    Noise.uniform(1, (1L << 32) - 1, new float[1], 0, 1);
  }

  @Test
  void pixelsAreSetAsOftenAsTheirValueSays() {
    for (int value = 0; value < 256; value++) {
      byte[] pixels = new byte[20_003];
      Arrays.fill(pixels, (byte) value);
      float[] out = new float[20_000];
      Noise.bernoulli(value, pixels, 3, out, 0, out.length);
      double ones = 0;
      for (float pixel : out) {
        assertThat(pixel == 0f || pixel == 1f).isTrue();
        ones += pixel;
      }
      double p = value / 255.0;
      assertThat(ones / out.length).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / out.length)));
    }
  }

  @Test
  void pixelsAreReadAndWrittenWhereAsked() {
    byte[] pixels = {-1, 0, -1, 0, -1};
    float[] out = {9, 9, 9, 9, 9, 9};
    Noise.bernoulli(1, pixels, 1, out, 2, 3);
    assertThat(out).containsExactly(9, 9, 0, 1, 0, 9);
  }

  @Test
  void aPermutationHoldsEveryIndexOnce() {
    for (int n : new int[] {0, 1, 2, 3, 100, 60_000}) {
      int[] sorted = Noise.permutation(42, n);
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(java.util.stream.IntStream.range(0, n).toArray());
    }
  }

  @Test
  void allPermutationsAreEquallyLikely() {
    int[] counts = new int[24];
    for (int key = 0; key < 24_000; key++) {
      int[] order = Noise.permutation(Noise.key(key, Purpose.SHUFFLE, 0, 0), 4);
      int rank = 0;
      for (int i = 0; i < 4; i++) {
        int smaller = 0;
        for (int j = i + 1; j < 4; j++) {
          smaller += order[j] < order[i] ? 1 : 0;
        }
        rank = rank * (4 - i) + smaller;
      }
      counts[rank]++;
    }
    assertThat(chiSquare(counts)).isLessThan(23 + 5 * Math.sqrt(46));
  }

  private static double chiSquare(int[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum / b.length;
  }

  private static float[] normals(long key, long sample, int count) {
    float[] out = new float[count];
    Noise.normal(key, sample, out, 0, count);
    return out;
  }

  private static float[] uniforms(long key, long sample, int count) {
    float[] out = new float[count];
    Noise.uniform(key, sample, out, 0, count);
    return out;
  }
}
