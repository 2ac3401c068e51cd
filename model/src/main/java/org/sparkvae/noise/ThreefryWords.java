package org.sparkvae.noise;

/**
 * {@link Threefry} on many counters at once, into arrays that are kept.
 *
 * <p>Four rounds and a key injection at a time, in plain loops that the JIT compiler turns into
 * vectors by itself: all twenty rounds in one loop body are too long for it, and through the Vector
 * API they come to more than it inlines, at which every vector is allocated. Not thread-safe.
 */
final class ThreefryWords {
  /** First words of the blocks. */
  final int[] first;

  /** Second words of the blocks. */
  final int[] second;

  /** Room for so many blocks. */
  ThreefryWords(int capacity) {
    first = new int[capacity];
    second = new int[capacity];
  }

  /**
   * Makes the words of the blocks {@code (counter .. counter + length, s)}, for each s in {@code
   * [sample, sample + samples)}, one after another.
   */
  void make(long key, int counter, int length, int sample, int samples) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int k2 = Threefry.PARITY ^ k0 ^ k1;
    int count = samples * length;
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < length; i++) {
        first[s * length + i] = counter + k0 + i;
        second[s * length + i] = sample + s + k1;
      }
    }
    evenRounds(first, second, count, k1, k2 + 1);
    oddRounds(first, second, count, k2, k0 + 2);
    evenRounds(first, second, count, k0, k1 + 3);
    oddRounds(first, second, count, k1, k2 + 4);
    evenRounds(first, second, count, k2, k0 + 5);
  }

  private static void evenRounds(int[] first, int[] second, int count, int inject0, int inject1) {
    for (int i = 0; i < count; i++) {
      int x0 = first[i];
      int x1 = second[i];
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 13) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 15) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 26) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 6) ^ x0;
      first[i] = x0 + inject0;
      second[i] = x1 + inject1;
    }
  }

  private static void oddRounds(int[] first, int[] second, int count, int inject0, int inject1) {
    for (int i = 0; i < count; i++) {
      int x0 = first[i];
      int x1 = second[i];
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 17) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 29) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 16) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 24) ^ x0;
      first[i] = x0 + inject0;
      second[i] = x1 + inject1;
    }
  }

  /** The word of a row's value, as {@link NoiseLoops} deals them out. */
  int word(int value) {
    int pair = value / NoiseLoops.BLOCK * NoiseLoops.PAIRS + value % NoiseLoops.PAIRS;
    return value % NoiseLoops.BLOCK < NoiseLoops.PAIRS ? first[pair] : second[pair];
  }
}
