package org.sparkvae.tensor;

/**
 * A counter-based random number generator: every number is a pure function of (key, sample,
 * dimension), so that it does not depend on who draws it, when, or in which order.
 *
 * <p>Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * 2011).
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
    throw new AssertionError("to come");
  }

  /**
   * Sets {@code out[offset .. offset + count)} to uniforms in [0, 1), dimensions 0.. of one sample.
   */
  public static void uniform(long key, long sample, float[] out, int offset, int count) {
    throw new AssertionError("to come");
  }

  /**
   * Sets {@code out[offset .. offset + count)} to standard normals (Box-Muller), dimensions 0.. of
   * one sample.
   */
  public static void normal(long key, long sample, float[] out, int offset, int count) {
    throw new AssertionError("to come");
  }

  /**
   * Binarises pixels by chance: {@code out[offset + d] = 1} with probability {@code pixels[from +
   * d] / 255} (bytes unsigned), else 0, for d in [0, count). Pixel 0 never and pixel 255 always
   * gives 1.
   */
  public static void bernoulli(
      long key, byte[] pixels, int from, float[] out, int offset, int count) {
    throw new AssertionError("to come");
  }

  /** A uniform permutation of 0 .. n - 1 (Fisher-Yates on this generator). */
  public static int[] permutation(long key, int n) {
    throw new AssertionError("to come");
  }
}
