package org.sparkvae.noise;

/**
 * The bulk loops behind {@link Noise}; every implementation gives the same bits.
 *
 * <p>A row is made of {@link #BLOCK blocks} of 32 values. Threefry block {@code 16 b + j} of the
 * counter (block number, sample) gives value {@code j} of block b by its first word and value
 * {@code 16 + j} by its second, so that vectors of any width up to 16 need no shuffling.
 */
public interface NoiseLoops {
  /** Values made together; a row's last block may be cut short. */
  int BLOCK = 32;

  /** Counters a block takes: one for two values. */
  int PAIRS = BLOCK / 2;

  /** 2^-24: a uniform is an integer of 24 bits times this, exact in float32. */
  float UNIT = 0x1p-24f;

  /**
   * Uniforms in [0, 1) from the upper 24 bits of each word: samples {@code [sample, sample +
   * samples)} of {@code count} values, each {@code stride} after the one before.
   */
  void uniform(long key, int sample, int samples, float[] out, int offset, int stride, int count);

  /** Standard normals, two from each pair of words, of as many samples. */
  void normal(long key, int sample, int samples, float[] out, int offset, int stride, int count);

  /** A {@link Coin} for each of the pixels {@code [from, from + count)}. */
  void bernoulli(long key, int sample, byte[] pixels, int from, float[] out, int offset, int count);
}
