package org.sparkvae.tensor;

/**
 * A counter-based random number generator: every number is a pure function of (key, sample,
 * dimension), so that it does not depend on who draws it, when, or in which order.
 *
 * <p>Mixing of 64-bit words.
 */
public final class Noise {

  /** What numbers are drawn for; streams of different purposes are independent. */
  public enum Purpose {
    /** Initial parameters. */
    INITIALISATION,
    /** The order of a shard's images in an epoch. */
    SHUFFLE,
    /** Which images move to which shard. */
    RESHARD,
    /** Binarisation of pixels. */
    BINARISATION,
    /** Posterior samples in training. */
    TRAINING,
    /** Posterior samples on the validation set. */
    VALIDATION,
    /** Posterior samples in the importance-sampling pass. */
    EVALUATION,
    /** Samples from the prior. */
    PRIOR,
    /** Which images are held out. */
    SPLIT
  }

  private Noise() {}

  /**
   * The key of the stream for one use of one item.
   *
   * @param seed the run's seed
   * @param purpose what for
   * @param epoch the epoch, or 0 where there is none
   * @param item the image id, or another item's number
   */
  public static long key(long seed, Purpose purpose, long epoch, long item) {
    long k = mix(seed);
    k = mix(k ^ purpose.ordinal());
    k = mix(k ^ epoch);
    return mix(k ^ item);
  }

  /**
   * Sets {@code out[offset .. offset + count)} to uniforms in [0, 1), dimensions 0.. of one sample.
   */
  public static void uniform(long key, long sample, float[] out, int offset, int count) {
    for (int d = 0; d < count; d++) {
      out[offset + d] = (mix(mix(key ^ sample) + d) >>> 40) * 0x1p-24f;
    }
  }

  /**
   * Sets {@code out[offset .. offset + count)} to standard normals (Box-Muller), dimensions 0.. of
   * one sample.
   */
  public static void normal(long key, long sample, float[] out, int offset, int count) {
    for (int d = 0; d < count; d++) {
      double u = ((mix(mix(key ^ sample) + 2L * d) >>> 11) + 1) * 0x1p-53;
      double v = (mix(mix(key ^ sample) + 2L * d + 1) >>> 11) * 0x1p-53;
      out[offset + d] =
          (float) (StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v));
    }
  }

  /**
   * Binarises pixels by chance: {@code out[offset + d] = 1} with probability {@code pixels[from +
   * d] / 255} (bytes unsigned), else 0, for d in [0, count). Pixel 0 never and pixel 255 always
   * gives 1.
   */
  public static void bernoulli(
      long key, byte[] pixels, int from, float[] out, int offset, int count) {
    for (int d = 0; d < count; d++) {
      float u = (mix(mix(key) + d) >>> 40) * 0x1p-24f;
      out[offset + d] = u * 255 < (pixels[from + d] & 0xff) ? 1 : 0;
    }
  }

  /** A uniform permutation of 0 .. n - 1 (Fisher-Yates on this generator). */
  public static int[] permutation(long key, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) Long.remainderUnsigned(mix(key + i), i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
