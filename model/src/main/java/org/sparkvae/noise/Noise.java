package org.sparkvae.noise;

import org.sparkvae.host.VectorModule;

/**
 * A counter-based random number generator: every number is a pure function of (key, sample,
 * dimension), so that it does not depend on who draws it, when, or in which order.
 *
 * <p>Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * 2011). One key serves one of the methods: the same words are behind all of them. With and without
 * the JDK's Vector API module, and on vectors of any width, the bits are the same.
 */
public final class Noise {

  /**
   * What numbers are drawn for; streams of different purposes are independent. A purpose's place in
   * this list is part of the key: new ones go to the end.
   */
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
    SPLIT,
    /** Annealed chains. */
    ANNEALING,
    /** Annealed chains that the step sizes are found by. */
    PILOT,
    /** Annealed chains from simulated codes back. */
    REVERSE,
    /** Simulated images. */
    SIMULATION,
    /** Posterior samples of the steps that refine an image's posterior. */
    REFINEMENT,
    /** What is found out about a trained model. */
    ANALYSIS,
    /** Posterior samples that gradients are compared over. */
    GRADIENT_NOISE,
    /** Posterior samples of the statistics of layers. */
    STATISTICS,
    /** Posterior samples that are written as codes, and ways between codes. */
    CODES,
    /** What is done to images that are to be denoised. */
    CORRUPTION,
    /** Pixels that are taken for missing, and what is drawn for them. */
    IMPUTATION
  }

  /** 2^64 divided by the golden ratio: it keeps the value 0 from mixing to 0. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final NoiseLoops LOOPS =
      VectorModule.isPresent() ? new VectorNoise() : new ScalarNoise();

  private Noise() {}

  /**
   * The key of the stream for one use of one item.
   *
   * <p>Each component is folded in by a bijection of the 64-bit state, so that keys that differ in
   * one component only always differ.
   *
   * @param seed the run's seed
   * @param purpose what for
   * @param epoch the epoch, or 0 where there is none
   * @param item the image id, or another item's number
   */
  public static long key(long seed, Purpose purpose, long epoch, long item) {
    long key = fold(0, seed);
    key = fold(key, purpose.ordinal());
    key = fold(key, epoch);
    return fold(key, item);
  }

  /**
   * The key of a stream of an item, of which an item may need several; number 0 is the item's own.
   *
   * @param key of the item, from {@link #key}
   */
  public static long stream(long key, int number) {
    return number == 0 ? key : fold(key, number);
  }

  /**
   * Sets {@code out[offset .. offset + count)} to uniforms in [0, 1), dimensions 0.. of one sample:
   * multiples of 2^-24.
   *
   * @throws IllegalArgumentException where sample is not in [0, 2^32)
   */
  public static void uniform(long key, long sample, float[] out, int offset, int count) {
    LOOPS.uniform(key, word(sample), 1, out, offset, 0, count);
  }

  /**
   * As {@link #uniform(long, long, float[], int, int)} for samples {@code sample .. sample +
   * samples - 1} of one stream, faster than one by one: that of number s begins at {@code offset +
   * (s - sample) * stride}.
   *
   * @throws IllegalArgumentException where a sample is not in [0, 2^32)
   */
  public static void uniform(
      long key, long sample, int samples, float[] out, int offset, int stride, int count) {
    word(sample + Math.max(0, samples - 1));
    LOOPS.uniform(key, word(sample), samples, out, offset, stride, count);
  }

  /**
   * Sets {@code out[offset .. offset + count)} to standard normals (Box-Muller), dimensions 0.. of
   * one sample; at most 5.77 in magnitude, beyond which lies a chance of 8e-9.
   *
   * @throws IllegalArgumentException where sample is not in [0, 2^32)
   */
  public static void normal(long key, long sample, float[] out, int offset, int count) {
    LOOPS.normal(key, word(sample), 1, out, offset, 0, count);
  }

  /**
   * As {@link #normal(long, long, float[], int, int)} for samples {@code sample .. sample + samples
   * - 1} of one stream, as {@link #uniform(long, long, int, float[], int, int, int)}.
   *
   * @throws IllegalArgumentException where a sample is not in [0, 2^32)
   */
  public static void normal(
      long key, long sample, int samples, float[] out, int offset, int stride, int count) {
    word(sample + Math.max(0, samples - 1));
    LOOPS.normal(key, word(sample), samples, out, offset, stride, count);
  }

  /**
   * Binarises pixels by chance: {@code out[offset + d] = 1} with probability {@code pixels[from +
   * d] / 255} (bytes unsigned), else 0, for d in [0, count). Pixel 0 never and pixel 255 always
   * gives 1.
   */
  public static void bernoulli(
      long key, byte[] pixels, int from, float[] out, int offset, int count) {
    LOOPS.bernoulli(key, 0, pixels, from, out, offset, count);
  }

  /** A uniform permutation of 0 .. n - 1 (Fisher-Yates on this generator). */
  public static int[] permutation(long key, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(i + 1, Threefry.block(key, i, 0));
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** An integer in [0, bound), uniform up to bound / 2^63. */
  private static int below(int bound, long random) {
    return (int) Math.multiplyHigh(random >>> 1, (long) bound << 1);
  }

  /** A bijection of the state for every value, and of the value for every state. */
  private static long fold(long state, long value) {
    return mix(state ^ mix(value + GOLDEN));
  }

  /** Stafford's variant 13 of the 64-bit finaliser of MurmurHash3, as in SplittableRandom. */
  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }

  private static int word(long sample) {
    if (sample >>> 32 != 0) {
      throw new IllegalArgumentException("sample " + sample + " is not between 0 and 2^32 - 1");
    }
    return (int) sample;
  }
}
