package org.sparkvae.noise;

/** The noise loops in plain Java, a pair of words at a time. */
final class ScalarNoise implements NoiseLoops {
  @Override
  public void uniform(
      long key, int sample, int samples, float[] out, int offset, int stride, int count) {
    for (int s = 0; s < samples; s++) {
      uniform(key, sample + s, out, offset + s * stride, count);
    }
  }

  private static void uniform(long key, int sample, float[] out, int offset, int count) {
    for (int at = 0; at < count; at += BLOCK) {
      for (int j = 0; j < PAIRS && at + j < count; j++) {
        long words = Threefry.block(key, at / 2 + j, sample);
        out[offset + at + j] = ((int) words >>> 8) * UNIT;
        if (at + PAIRS + j < count) {
          out[offset + at + PAIRS + j] = (words >>> 40) * UNIT;
        }
      }
    }
  }

  @Override
  public void normal(
      long key, int sample, int samples, float[] out, int offset, int stride, int count) {
    for (int s = 0; s < samples; s++) {
      normal(key, sample + s, out, offset + s * stride, count);
    }
  }

  private static void normal(long key, int sample, float[] out, int offset, int count) {
    for (int at = 0; at < count; at += BLOCK) {
      for (int j = 0; j < PAIRS && at + j < count; j++) {
        long words = Threefry.block(key, at / 2 + j, sample);
        float radius = BoxMuller.radius((int) words);
        int angle = (int) (words >>> 32);
        out[offset + at + j] = BoxMuller.first(radius, angle);
        if (at + PAIRS + j < count) {
          out[offset + at + PAIRS + j] = BoxMuller.second(radius, angle);
        }
      }
    }
  }

  @Override
  public void bernoulli(
      long key, int sample, byte[] pixels, int from, float[] out, int offset, int count) {
    for (int at = 0; at < count; at += BLOCK) {
      for (int j = 0; j < PAIRS && at + j < count; j++) {
        long words = Threefry.block(key, at / 2 + j, sample);
        int d = at + j;
        out[offset + d] = Coin.toss((int) words, pixels[from + d]);
        d += PAIRS;
        if (d < count) {
          out[offset + d] = Coin.toss((int) (words >>> 32), pixels[from + d]);
        }
      }
    }
  }
}
