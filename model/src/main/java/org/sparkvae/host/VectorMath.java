package org.sparkvae.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of float32 vectors, made of correctly rounded operations only.
 *
 * <p>Every lane's result is a fixed sequence of additions, multiplications, divisions and fused
 * multiply-adds of that lane, so that interpreted code, compiled code and all vector widths agree
 * bit for bit; the JDK's own {@code EXP}, {@code LOG} and {@code TANH} do not promise that. A NaN
 * gives a NaN. The polynomials of exp and log are those of Cephes (Moshier, {@code expf} and {@code
 * logf}).
 */
public final class VectorMath {
  /** The widest shape of this processor, up to 512 bits. */
  public static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  /** The integers of that shape. */
  public static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** Values in a vector of that shape. */
  public static final int LANES = SPECIES.length();

  // Of log, from the highest power to the lowest. A constant costs the compiler fewer nodes than a
  // broadcast does, and a loop that outgrows its limit on nodes leaves vectors on the heap; in the
  // small loops of exp, whose broadcasts stay in registers, constants would be read again and
  // again.
  private static final FloatVector P0 = all(Logarithm.P0);
  private static final FloatVector P1 = all(Logarithm.P1);
  private static final FloatVector P2 = all(Logarithm.P2);
  private static final FloatVector P3 = all(Logarithm.P3);
  private static final FloatVector P4 = all(Logarithm.P4);
  private static final FloatVector P5 = all(Logarithm.P5);
  private static final FloatVector P6 = all(Logarithm.P6);
  private static final FloatVector P7 = all(Logarithm.P7);
  private static final FloatVector P8 = all(Logarithm.P8);
  private static final FloatVector LN2_LOW = all(Logarithm.LN2_LOW);
  private static final FloatVector LN2_HIGH = all(Logarithm.LN2_HIGH);
  private static final FloatVector MINUS_HALF = all(-0.5f);

  private VectorMath() {}

  /** A vector of one value. */
  public static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** e^x over the whole range, subnormals and infinity included; within 1 ulp. */
  public static FloatVector exp(FloatVector x) {
    FloatVector clamped =
        x.blend(Exponential.LOWEST, x.lt(Exponential.LOWEST))
            .blend(Exponential.HIGHEST, x.compare(VectorOperators.GT, Exponential.HIGHEST));
    FloatVector shifted = shifted(clamped);
    FloatVector k = shifted.sub(Exponential.ROUNDER);
    FloatVector q = reducedExpm1(clamped, k);
    // 2^k in two halves, as k may lie outside the exponents of normal floats.
    IntVector whole = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(Exponential.ROUNDER));
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    FloatVector scale = powerOfTwo(half);
    return scale.fma(q, scale).mul(powerOfTwo(whole.sub(half)));
  }

  /** e^x for x at most 0, within 1 ulp; below -87 it stays at e^-87, about 1.6e-38. */
  public static FloatVector decay(FloatVector x) {
    FloatVector clamped = x.blend(Exponential.LOWEST_NORMAL, x.lt(Exponential.LOWEST_NORMAL));
    FloatVector shifted = shifted(clamped);
    FloatVector q = reducedExpm1(clamped, shifted.sub(Exponential.ROUNDER));
    FloatVector scale = powerOfTwo(shifted);
    return scale.fma(q, scale);
  }

  /** e^x - 1 for x at most 0, within 2 ulp. */
  public static FloatVector expm1(FloatVector x) {
    FloatVector clamped = x.blend(Exponential.LOWEST_NORMAL, x.lt(Exponential.LOWEST_NORMAL));
    FloatVector shifted = shifted(clamped);
    FloatVector q = reducedExpm1(clamped, shifted.sub(Exponential.ROUNDER));
    FloatVector scale = powerOfTwo(shifted);
    return scale.fma(q, scale.sub(1f));
  }

  /** tanh x = -m / (2 + m) with m = e^(-2|x|) - 1, within 3 ulp. */
  public static FloatVector tanh(FloatVector x) {
    FloatVector m = expm1(x.abs().mul(-2f));
    FloatVector negative = m.div(m.add(2f));
    return negative.blend(negative.neg(), x.compare(VectorOperators.GT, 0f));
  }

  /** log x of a normal float above 0, within 1 ulp; a NaN or an infinity gives a NaN. */
  public static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector exponent = bits.sub(Logarithm.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector k = (FloatVector) exponent.convertShape(VectorOperators.I2F, SPECIES, 0);
    FloatVector f =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector p =
        f.fma(P0, P1).fma(f, P2).fma(f, P3).fma(f, P4).fma(f, P5).fma(f, P6).fma(f, P7).fma(f, P8);
    FloatVector square = f.mul(f);
    FloatVector rest = k.fma(LN2_LOW, p.mul(f).mul(square));
    rest = square.fma(MINUS_HALF, rest);
    // x - x is 0, or the NaN that the bits above have hidden.
    return k.fma(LN2_HIGH, f.add(rest)).add(x.sub(x));
  }

  /**
   * log(1 + u) for finite u above -1, within 3 ulp: by the series where 1 + u rounds, else by the
   * logarithm. An infinity gives a NaN.
   */
  public static FloatVector log1p(FloatVector u) {
    FloatVector near = nearLog1p(u);
    return log(u.add(1f))
        .blend(near, u.compare(VectorOperators.GE, -0.5f).and(u.compare(VectorOperators.LE, 1f)));
  }

  /** log(1 + e) for e in [-1/2, 1], within 2 ulp: 2 artanh(e / (2 + e)) by its series. */
  private static FloatVector nearLog1p(FloatVector e) {
    FloatVector s = e.div(e.add(2f));
    FloatVector square = s.mul(s);
    FloatVector p =
        square
            .fma(all(2f / 15), all(2f / 13))
            .fma(square, all(2f / 11))
            .fma(square, all(2f / 9))
            .fma(square, all(2f / 7))
            .fma(square, all(2f / 5))
            .fma(square, all(2f / 3))
            .mul(square);
    return p.fma(s, s.add(s));
  }

  /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), within 3 ulp; for x below -87 about 1.6e-38. */
  public static FloatVector softplus(FloatVector x) {
    return positive(x).add(nearLog1p(decay(x.abs().neg())));
  }

  /** 1 / (1 + e^-x), given decay = e^-|x|. */
  public static FloatVector sigmoid(FloatVector x, FloatVector decay) {
    FloatVector above = all(1f).div(decay.add(1f));
    return above.mul(decay).blend(above, x.compare(VectorOperators.GE, 0f));
  }

  /** max(x, 0). */
  public static FloatVector positive(FloatVector x) {
    return x.blend(0f, x.lt(0f));
  }

  private static FloatVector shifted(FloatVector x) {
    return x.fma(all(Exponential.LOG2_E), all(Exponential.ROUNDER));
  }

  /** e^r - 1 for r = x - k log 2, at most half of log 2 in magnitude. */
  private static FloatVector reducedExpm1(FloatVector x, FloatVector k) {
    FloatVector r = k.fma(all(-Logarithm.LN2_LOW), k.fma(all(-Logarithm.LN2_HIGH), x));
    FloatVector p =
        r.fma(all(Exponential.P0), all(Exponential.P1))
            .fma(r, all(Exponential.P2))
            .fma(r, all(Exponential.P3))
            .fma(r, all(Exponential.P4))
            .fma(r, all(Exponential.P5));
    return p.fma(r.mul(r), r);
  }

  private static FloatVector powerOfTwo(IntVector k) {
    return k.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  /** 2^k from k + ROUNDER: the bits above the exponent are shifted out. */
  private static FloatVector powerOfTwo(FloatVector shifted) {
    return powerOfTwo(shifted.reinterpretAsInts());
  }
}
