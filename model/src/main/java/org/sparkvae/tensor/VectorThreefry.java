package org.sparkvae.tensor;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Threefry} on vectors of counters.
 *
 * <p>The rounds are written out: the compiler stops inlining a helper's calls well before the
 * twentieth, and a vector that crosses a call costs an allocation.
 */
final class VectorThreefry {
  private static final VectorSpecies<Integer> SPECIES = VectorMath.INTS;
  private static final IntVector IOTA = IntVector.zero(SPECIES).addIndex(1);

  private VectorThreefry() {}

  /**
   * Sets {@code words[0 .. count)} to the words of a row's values {@code from .. from + count)},
   * both multiples of {@link NoiseLoops#BLOCK}, in the order of {@link NoiseLoops}.
   */
  static void words(long key, int sample, int from, int[] words, int count) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int k2 = Threefry.PARITY ^ k0 ^ k1;
    for (int at = 0; at < count; at += NoiseLoops.BLOCK) {
      for (int j = 0; j < NoiseLoops.PAIRS; j += SPECIES.length()) {
        IntVector x0 = IOTA.add(k0 + (from + at) / 2 + j);
        IntVector x1 = IntVector.broadcast(SPECIES, sample + k1);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
        x0 = x0.add(k1);
        x1 = x1.add(k2 + 1);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 29).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 16).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 24).lanewise(XOR, x0);
        x0 = x0.add(k2);
        x1 = x1.add(k0 + 2);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
        x0 = x0.add(k0);
        x1 = x1.add(k1 + 3);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 17).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 29).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 16).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 24).lanewise(XOR, x0);
        x0 = x0.add(k1);
        x1 = x1.add(k2 + 4);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 15).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 26).lanewise(XOR, x0);
        x0 = x0.add(x1);
        x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
        x0 = x0.add(k2);
        x1 = x1.add(k0 + 5);
        x0.intoArray(words, at + j);
        x1.intoArray(words, at + NoiseLoops.PAIRS + j);
      }
    }
  }
}
