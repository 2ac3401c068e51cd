package org.sparkvae.tensor;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The noise loops on vectors; {@link ScalarNoise} is their definition. */
final class VectorNoise implements NoiseLoops {
  /** Words made at a time: small enough for the first-level cache. */
  private static final int CHUNK = 16 * BLOCK;

  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final VectorSpecies<Integer> INTS = VectorMath.INTS;
  private static final int LANES = SPECIES.length();

  @Override
  public void uniform(long key, int sample, float[] out, int offset, int count) {
    int[] words = new int[Math.min(CHUNK, wholeBlocks(count))];
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      VectorThreefry.words(key, sample, from, words, wholeBlocks(length));
      int vectors = length - length % LANES;
      for (int i = 0; i < vectors; i += LANES) {
        IntVector integer = IntVector.fromArray(INTS, words, i).lanewise(LSHR, 8);
        toFloat(integer).mul(UNIT).intoArray(out, offset + from + i);
      }
      for (int i = vectors; i < length; i++) {
        out[offset + from + i] = (words[i] >>> 8) * UNIT;
      }
    }
  }

  @Override
  public void normal(long key, int sample, float[] out, int offset, int count) {
    int[] words = new int[Math.min(CHUNK, wholeBlocks(count))];
    float[] normals = new float[words.length];
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      int blocks = wholeBlocks(length);
      VectorThreefry.words(key, sample, from, words, blocks);
      radii(words, normals, blocks);
      turn(words, normals, blocks);
      System.arraycopy(normals, 0, out, offset + from, length);
    }
  }

  private static int wholeBlocks(int count) {
    return (count + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** The radius of each pair, where its first normal will be. */
  private static void radii(int[] words, float[] normals, int count) {
    for (int at = 0; at < count; at += BLOCK) {
      for (int j = at; j < at + PAIRS; j += LANES) {
        IntVector integer = IntVector.fromArray(INTS, words, j).lanewise(LSHR, 8).add(1);
        FloatVector u = toFloat(integer).mul(UNIT);
        VectorMath.log(u).mul(-2f).sqrt().intoArray(normals, j);
      }
    }
  }

  /** Each radius and angle to two normals. */
  private static void turn(int[] words, float[] normals, int count) {
    for (int at = 0; at < count; at += BLOCK) {
      for (int j = at; j < at + PAIRS; j += LANES) {
        IntVector word = IntVector.fromArray(INTS, words, j + PAIRS);
        IntVector quarter = word.add(BoxMuller.EIGHTH).lanewise(LSHR, 30);
        FloatVector a =
            toFloat(word.sub(quarter.lanewise(LSHL, 30)).lanewise(ASHR, 8)).mul(BoxMuller.STEP);
        FloatVector square = a.mul(a);
        FloatVector sin =
            square
                .fma(VectorMath.all(BoxMuller.SIN0), VectorMath.all(BoxMuller.SIN1))
                .fma(square, VectorMath.all(BoxMuller.SIN2))
                .mul(square)
                .fma(a, a);
        FloatVector cos =
            square
                .fma(VectorMath.all(BoxMuller.COS0), VectorMath.all(BoxMuller.COS1))
                .fma(square, VectorMath.all(BoxMuller.COS2))
                .mul(square)
                .fma(square, square.fma(VectorMath.all(-0.5f), VectorMath.all(1f)));
        IntVector sinBits = sin.reinterpretAsInts();
        IntVector cosBits = cos.reinterpretAsInts();
        // In the odd quarters sine and cosine change places.
        IntVector odd = quarter.and(1).neg();
        IntVector swap = sinBits.lanewise(XOR, cosBits).and(odd);
        IntVector firstSign = quarter.add(1).and(2).lanewise(LSHL, 30);
        IntVector secondSign = quarter.and(2).lanewise(LSHL, 30);
        IntVector first = cosBits.lanewise(XOR, swap).lanewise(XOR, firstSign);
        IntVector second = sinBits.lanewise(XOR, swap).lanewise(XOR, secondSign);
        FloatVector radius = FloatVector.fromArray(SPECIES, normals, j);
        first.reinterpretAsFloats().mul(radius).intoArray(normals, j);
        second.reinterpretAsFloats().mul(radius).intoArray(normals, j + PAIRS);
      }
    }
  }

  private static FloatVector toFloat(IntVector x) {
    return (FloatVector) x.convertShape(I2F, SPECIES, 0);
  }
}
