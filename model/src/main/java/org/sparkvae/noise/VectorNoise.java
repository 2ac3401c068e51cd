package org.sparkvae.noise;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.sparkvae.host.VectorMath;

/** The noise loops on vectors; {@link ScalarNoise} is their definition. */
final class VectorNoise implements NoiseLoops {
  /** Values made at a time: small enough for the first-level cache. */
  private static final int CHUNK = 16 * BLOCK;

  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final VectorSpecies<Integer> INTS = VectorMath.INTS;
  private static final int LANES = SPECIES.length();

  /** Pixels for a vector of integers; there is no shape of less than 64 bits. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  // Constants rather than broadcasts, for the reason that VectorMath gives.
  private static final FloatVector SIN0 = VectorMath.all(BoxMuller.SIN0);
  private static final FloatVector SIN1 = VectorMath.all(BoxMuller.SIN1);
  private static final FloatVector SIN2 = VectorMath.all(BoxMuller.SIN2);
  private static final FloatVector COS0 = VectorMath.all(BoxMuller.COS0);
  private static final FloatVector COS1 = VectorMath.all(BoxMuller.COS1);
  private static final FloatVector COS2 = VectorMath.all(BoxMuller.COS2);
  private static final FloatVector MINUS_HALF = VectorMath.all(-0.5f);
  private static final FloatVector ONE = VectorMath.all(1f);

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  @Override
  public void uniform(
      long key, int sample, int samples, float[] out, int offset, int stride, int count) {
    draw(VectorNoise::uniforms, key, sample, samples, out, offset, stride, count);
  }

  @Override
  public void normal(
      long key, int sample, int samples, float[] out, int offset, int stride, int count) {
    draw(VectorNoise::normals, key, sample, samples, out, offset, stride, count);
  }

  /** Short samples share a chunk: loops of few turns are not worth their start. */
  private static void draw(
      Values of,
      long key,
      int sample,
      int samples,
      float[] out,
      int offset,
      int stride,
      int count) {
    if (count == 1) {
      drawFirst(of, key, sample, samples, out, offset, stride);
      return;
    }
    Scratch scratch = SCRATCH.get();
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      int padded = blocks(length) * BLOCK;
      int together = CHUNK / padded;
      for (int s = 0; s < samples; s += together) {
        int rows = Math.min(together, samples - s);
        scratch.words.make(key, from / 2, padded / 2, sample + s, rows);
        of.make(scratch.words, scratch.values, rows * padded / BLOCK);
        for (int r = 0; r < rows; r++) {
          int at = offset + (s + r) * stride + from;
          System.arraycopy(scratch.values, r * padded, out, at, length);
        }
      }
    }
  }

  /** The first value of each sample, which is made of its first pair alone. */
  private static void drawFirst(
      Values of, long key, int sample, int samples, float[] out, int offset, int stride) {
    Scratch scratch = SCRATCH.get();
    for (int s = 0; s < samples; s += CHUNK / 2) {
      int rows = Math.min(CHUNK / 2, samples - s);
      scratch.words.make(key, 0, 1, sample + s, rows);
      of.make(scratch.words, scratch.values, (rows + PAIRS - 1) / PAIRS);
      for (int r = 0; r < rows; r++) {
        out[offset + (s + r) * stride] = scratch.values[r / PAIRS * BLOCK + r % PAIRS];
      }
    }
  }

  /** Makes the values of whole blocks of their words. */
  private interface Values {
    void make(ThreefryWords words, float[] values, int blocks);
  }

  @Override
  public void bernoulli(
      long key, int sample, byte[] pixels, int from, float[] out, int offset, int count) {
    Scratch scratch = SCRATCH.get();
    for (int at = 0; at < count; at += CHUNK) {
      int length = Math.min(CHUNK, count - at);
      int blocks = scratch.words(key, sample, at, length);
      int pixel = from + at;
      // The last block's pixels may be few, and a vector of them longer than one of integers.
      int whole = Math.max(0, (length - (BYTES.length() - LANES)) / BLOCK);
      coins(scratch.words, pixels, pixel, scratch.values, whole);
      for (int i = whole * BLOCK; i < length; i++) {
        scratch.values[i] = Coin.toss(scratch.words.word(i), pixels[pixel + i]);
      }
      System.arraycopy(scratch.values, 0, out, offset + at, length);
    }
  }

  private static void coins(
      ThreefryWords words, byte[] pixels, int from, float[] values, int blocks) {
    for (int b = 0; b < blocks; b++) {
      for (int j = 0; j < PAIRS; j += LANES) {
        int pair = b * PAIRS + j;
        int at = b * BLOCK + j;
        coin(IntVector.fromArray(INTS, words.first, pair), pixels, from + at).intoArray(values, at);
        coin(IntVector.fromArray(INTS, words.second, pair), pixels, from + at + PAIRS)
            .intoArray(values, at + PAIRS);
      }
    }
  }

  /** {@link Coin} for the pixels from a place on. */
  private static FloatVector coin(IntVector word, byte[] pixels, int at) {
    IntVector pixel = toInt(ByteVector.fromArray(BYTES, pixels, at)).and(0xFF);
    IntVector heads = pixel.mul(Coin.SPREAD).sub(pixel.neg().lanewise(ASHR, 31));
    return toFloat(word.lanewise(LSHR, 8).sub(heads).lanewise(LSHR, 31));
  }

  /** What a thread needs for a chunk. */
  private static final class Scratch {
    private final ThreefryWords words = new ThreefryWords(CHUNK / 2);
    private final float[] values = new float[CHUNK];

    /** Makes the words of a row's values from a whole block on; returns how many blocks. */
    private int words(long key, int sample, int from, int count) {
      int blocks = blocks(count);
      words.make(key, from / 2, blocks * PAIRS, sample, 1);
      return blocks;
    }
  }

  private static int blocks(int values) {
    return (values + BLOCK - 1) / BLOCK;
  }

  private static void uniforms(ThreefryWords words, float[] values, int blocks) {
    for (int b = 0; b < blocks; b++) {
      for (int j = 0; j < PAIRS; j += LANES) {
        int pair = b * PAIRS + j;
        int at = b * BLOCK + j;
        uniform(IntVector.fromArray(INTS, words.first, pair)).intoArray(values, at);
        uniform(IntVector.fromArray(INTS, words.second, pair)).intoArray(values, at + PAIRS);
      }
    }
  }

  private static FloatVector uniform(IntVector word) {
    return toFloat(word.lanewise(LSHR, 8)).mul(UNIT);
  }

  private static void normals(ThreefryWords words, float[] values, int blocks) {
    radii(words.first, values, blocks);
    turn(words.second, values, blocks);
  }

  /** The radius of each pair, where its first normal will be. */
  private static void radii(int[] words, float[] normals, int blocks) {
    for (int b = 0; b < blocks; b++) {
      for (int j = 0; j < PAIRS; j += LANES) {
        IntVector word = IntVector.fromArray(INTS, words, b * PAIRS + j);
        FloatVector u = toFloat(word.lanewise(LSHR, 8).add(1)).mul(UNIT);
        VectorMath.log(u).mul(-2f).sqrt().intoArray(normals, b * BLOCK + j);
      }
    }
  }

  /** Each radius and angle to two normals. */
  private static void turn(int[] words, float[] normals, int blocks) {
    for (int b = 0; b < blocks; b++) {
      for (int j = 0; j < PAIRS; j += LANES) {
        int at = b * BLOCK + j;
        IntVector word = IntVector.fromArray(INTS, words, b * PAIRS + j);
        IntVector quarter = word.add(BoxMuller.EIGHTH).lanewise(LSHR, 30);
        FloatVector a =
            toFloat(word.sub(quarter.lanewise(LSHL, 30)).lanewise(ASHR, 8)).mul(BoxMuller.STEP);
        FloatVector square = a.mul(a);
        FloatVector sin = square.fma(SIN0, SIN1).fma(square, SIN2).mul(square).fma(a, a);
        FloatVector cos =
            square
                .fma(COS0, COS1)
                .fma(square, COS2)
                .mul(square)
                .fma(square, square.fma(MINUS_HALF, ONE));
        IntVector sinBits = sin.reinterpretAsInts();
        IntVector cosBits = cos.reinterpretAsInts();
        // In the odd quarters sine and cosine change places.
        IntVector odd = quarter.and(1).neg();
        IntVector swap = sinBits.lanewise(XOR, cosBits).and(odd);
        IntVector firstSign = quarter.add(1).and(2).lanewise(LSHL, 30);
        IntVector secondSign = quarter.and(2).lanewise(LSHL, 30);
        IntVector first = cosBits.lanewise(XOR, swap).lanewise(XOR, firstSign);
        IntVector second = sinBits.lanewise(XOR, swap).lanewise(XOR, secondSign);
        FloatVector radius = FloatVector.fromArray(SPECIES, normals, at);
        first.reinterpretAsFloats().mul(radius).intoArray(normals, at);
        second.reinterpretAsFloats().mul(radius).intoArray(normals, at + PAIRS);
      }
    }
  }

  private static IntVector toInt(ByteVector x) {
    return (IntVector) x.convertShape(B2I, INTS, 0);
  }

  private static FloatVector toFloat(IntVector x) {
    return (FloatVector) x.convertShape(I2F, SPECIES, 0);
  }
}
