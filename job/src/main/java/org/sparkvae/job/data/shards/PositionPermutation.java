package org.sparkvae.job.data.shards;

import java.io.Serializable;
import org.sparkvae.noise.Noise;

/**
 * A keyed permutation of 0 .. n - 1 that needs no table: a balanced Feistel network over the next
 * power of four, walked until it falls below n (Black and Rogaway, "Ciphers with arbitrary finite
 * domains", 2002).
 */
final class PositionPermutation implements Serializable {
  private static final int ROUNDS = 6;

  private final long count;
  private final int halfBits;
  private final long[] keys = new long[ROUNDS];

  /**
   * The permutation of a generation.
   *
   * @param seed the run's seed
   * @param generation from 1 on
   * @param count n, at least 1
   */
  PositionPermutation(long seed, long generation, long count) {
    this.count = count;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(count - 1);
    this.halfBits = Math.max(1, (bits + 1) / 2);
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = Noise.key(seed, Noise.Purpose.RESHARD, generation, round);
    }
  }

  /** Where a position goes. */
  long of(long position) {
    long at = position;
    do {
      at = permuteDomain(at);
    } while (at >= count);
    return at;
  }

  private long permuteDomain(long at) {
    long mask = (1L << halfBits) - 1;
    long left = at >>> halfBits;
    long right = at & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = left ^ (Noise.key(keys[round], Noise.Purpose.RESHARD, round, right) & mask);
      left = right;
      right = mixed;
    }
    return left << halfBits | right;
  }
}
