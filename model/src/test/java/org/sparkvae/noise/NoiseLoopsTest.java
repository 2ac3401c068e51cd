package org.sparkvae.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector loops against their scalar definition, to the bit. */
class NoiseLoopsTest {
  private static final float OUTSIDE = 7f;

  private final NoiseLoops scalar = new ScalarNoise();
  private final NoiseLoops vector = new VectorNoise();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 31, 32, 33, 50, 64, 511, 512, 513, 784, 2000})
  void vectorsGiveTheScalarBits(int count) {
    for (int trial = 0; trial < 50; trial++) {
      long key = Noise.key(trial, Noise.Purpose.TRAINING, count, 3);
      int sample = trial % 2 == 0 ? trial : -trial;
      assertThat(drawn(uniform(vector), key, sample, count))
          .isEqualTo(drawn(uniform(scalar), key, sample, count));
      assertThat(drawn(normal(vector), key, sample, count))
          .isEqualTo(drawn(normal(scalar), key, sample, count));
      assertThat(tossed(vector, key, sample, count)).isEqualTo(tossed(scalar, key, sample, count));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 50, 64, 255, 256, 300, 512, 513, 1100})
  void samplesDrawnTogetherAreThoseDrawnAlone(int count) {
    for (NoiseLoops loops : List.of(vector, scalar)) {
      for (int samples : new int[] {1, 2, 7, 8, 9, 40, 300}) {
        assertThat(together(loops::normal, samples, count))
            .isEqualTo(oneByOne(normal(loops), samples, count));
        assertThat(together(loops::uniform, samples, count))
            .isEqualTo(oneByOne(uniform(loops), samples, count));
      }
    }
  }

  private static float[] together(Samples of, int samples, int count) {
    int stride = count + 3;
    float[] out = new float[samples * stride + 2];
    Arrays.fill(out, OUTSIDE);
    of.draw(11, -5, samples, out, 2, stride, count);
    return out;
  }

  private static float[] oneByOne(Loop of, int samples, int count) {
    int stride = count + 3;
    float[] out = new float[samples * stride + 2];
    Arrays.fill(out, OUTSIDE);
    for (int s = 0; s < samples; s++) {
      of.draw(11, s - 5, out, 2 + s * stride, count);
    }
    return out;
  }

  private static Loop uniform(NoiseLoops loops) {
    return (key, sample, out, offset, count) ->
        loops.uniform(key, sample, 1, out, offset, count, count);
  }

  private static Loop normal(NoiseLoops loops) {
    return (key, sample, out, offset, count) ->
        loops.normal(key, sample, 1, out, offset, count, count);
  }

  /**
   * A coin shows 1 for exactly the uniforms below the pixel's probability, rounded up to 24 bits.
   */
  @Test
  void coinsAreUniformsBelowTheirPixel() {
    float[] uniform = new float[1];
    float[] coin = new float[1];
    for (int pixel = 0; pixel < 256; pixel++) {
      for (long key = 0; key < 200; key++) {
        scalar.uniform(key, 0, 1, uniform, 0, 1, 1);
        scalar.bernoulli(key, 0, new byte[] {(byte) pixel}, 0, coin, 0, 1);
        assertThat(coin[0]).isEqualTo(uniform[0] < pixel / 255.0 ? 1f : 0f);
      }
      int heads = (int) Math.ceil(pixel / 255.0 * 0x1p24);
      assertThat(Coin.toss(heads - 1 << 8, (byte) pixel)).isEqualTo(pixel == 0 ? 0f : 1f);
      assertThat(Coin.toss(Math.min(heads, 0xFFFFFF) << 8, (byte) pixel))
          .isEqualTo(pixel == 255 ? 1f : 0f);
    }
  }

  /** The last image's pixels end with their array. */
  private static float[] tossed(NoiseLoops loops, long key, int sample, int count) {
    byte[] pixels = new byte[count + 3];
    new Random(key).nextBytes(pixels);
    return drawn(
        (k, s, out, offset, n) -> loops.bernoulli(k, s, pixels, 3, out, offset, n),
        key,
        sample,
        count);
  }

  @Test
  void compiledCodeGivesTheInterpretersBits() {
    float[] uniforms = drawn(uniform(vector), 5, 6, 100);
    float[] normals = drawn(normal(vector), 5, 6, 100);
    for (int call = 0; call < 20_000; call++) {
      vector.uniform(call, 6, 1, new float[100], 0, 100, 100);
      vector.normal(call, 6, 1, new float[100], 0, 100, 100);
    }
    assertThat(drawn(uniform(vector), 5, 6, 100)).isEqualTo(uniforms);
    assertThat(drawn(normal(vector), 5, 6, 100)).isEqualTo(normals);
  }

  /** Against the formulas in float64, over angles and radii up to the ends of their ranges. */
  @Test
  void boxMullerKeepsToItsFormula() {
    for (int step = 0; step < 1 << 16; step++) {
      int word = step << 16 | step * 0x9E37 & 0xFFFF;
      double u = ((word >>> 8) + 1) * 0x1p-24;
      double radius = Math.sqrt(-2 * Math.log(u));
      assertThat((double) BoxMuller.radius(word)).isCloseTo(radius, ulps(radius, 2));
      double angle = 2 * Math.PI * (word >>> 8) * 0x1p-24;
      assertThat((double) BoxMuller.first(1f, word)).isCloseTo(Math.cos(angle), ulps(1, 2));
      assertThat((double) BoxMuller.second(1f, word)).isCloseTo(Math.sin(angle), ulps(1, 2));
    }
    assertThat(BoxMuller.radius(-1)).isZero();
    assertThat((double) BoxMuller.radius(0)).isCloseTo(Math.sqrt(48 * Math.log(2)), ulps(5, 1));
  }

  private static org.assertj.core.data.Offset<Double> ulps(double scale, int count) {
    return org.assertj.core.data.Offset.offset((double) count * Math.ulp((float) scale));
  }

  private static float[] drawn(Loop loop, long key, int sample, int count) {
    float[] out = new float[count + 5];
    Arrays.fill(out, OUTSIDE);
    loop.draw(key, sample, out, 3, count);
    assertThat(new float[] {out[0], out[1], out[2], out[count + 3], out[count + 4]})
        .containsOnly(OUTSIDE);
    return Arrays.copyOfRange(out, 3, 3 + count);
  }

  private interface Samples {
    void draw(long key, int sample, int samples, float[] out, int offset, int stride, int count);
  }

  private interface Loop {
    void draw(long key, int sample, float[] out, int offset, int count);
  }
}
