package org.sparkvae.device.code;

import org.sparkvae.host.Exponential;
import org.sparkvae.host.Logarithm;

/**
 * Elementary functions of float32 values, instruction by instruction those of {@link
 * org.sparkvae.host.VectorMath}, to the bit.
 */
public final class Elementary {
  private Elementary() {}

  /** e^x over the whole range. */
  public static Value exp(Value x) {
    Value clamped =
        x.blend(Exponential.LOWEST, x.isLess(Exponential.LOWEST))
            .blend(Exponential.HIGHEST, x.isGreater(Exponential.HIGHEST));
    Value shifted = shifted(clamped);
    Value q = reducedExpm1(clamped, shifted.minus(Exponential.ROUNDER));
    Value whole = shifted.asBits().minus(Float.floatToRawIntBits(Exponential.ROUNDER));
    Value half = whole.shiftRightSigned(1);
    Value scale = powerOfTwo(half);
    return scale.fma(q, scale).times(powerOfTwo(whole.minus(half)));
  }

  /** e^x for x at most 0; below -87 it stays at e^-87. */
  public static Value decay(Value x) {
    Value clamped = x.blend(Exponential.LOWEST_NORMAL, x.isLess(Exponential.LOWEST_NORMAL));
    Value shifted = shifted(clamped);
    Value q = reducedExpm1(clamped, shifted.minus(Exponential.ROUNDER));
    Value scale = powerOfTwo(shifted.asBits());
    return scale.fma(q, scale);
  }

  /** e^x - 1 for x at most 0. */
  public static Value expm1(Value x) {
    Value clamped = x.blend(Exponential.LOWEST_NORMAL, x.isLess(Exponential.LOWEST_NORMAL));
    Value shifted = shifted(clamped);
    Value q = reducedExpm1(clamped, shifted.minus(Exponential.ROUNDER));
    Value scale = powerOfTwo(shifted.asBits());
    return scale.fma(q, scale.minus(1));
  }

  /** tanh x. */
  public static Value tanh(Value x) {
    Value m = expm1(x.magnitude().times(-2));
    Value negative = m.over(m.plus(2));
    return negative.blend(negative.negated(), x.isGreater(0));
  }

  /** log x of a normal float above 0; a NaN or an infinity gives a NaN. */
  public static Value log(Value x) {
    Value bits = x.asBits();
    Value exponent = bits.minus(Logarithm.SQRT_HALF_BITS).shiftRightSigned(23);
    Value k = exponent.to(Type.F32);
    Value f = bits.minus(exponent.shiftLeft(23)).asFloat().minus(1);
    Value p = f.fma(f.number(Logarithm.P0), Logarithm.P1);
    p = p.fma(f, Logarithm.P2).fma(f, Logarithm.P3).fma(f, Logarithm.P4);
    p = p.fma(f, Logarithm.P5).fma(f, Logarithm.P6).fma(f, Logarithm.P7).fma(f, Logarithm.P8);
    Value square = f.times(f);
    Value rest = k.fma(k.number(Logarithm.LN2_LOW), p.times(f).times(square));
    rest = square.fma(square.number(-0.5), rest);
    return k.fma(k.number(Logarithm.LN2_HIGH), f.plus(rest)).plus(x.minus(x));
  }

  /** log(1 + u) for finite u above -1. */
  public static Value log1p(Value u) {
    Value near = nearLog1p(u);
    return log(u.plus(1)).blend(near, u.isAtLeast(-0.5).and(u.isAtMost(1)));
  }

  private static Value nearLog1p(Value e) {
    Value s = e.over(e.plus(2));
    Value square = s.times(s);
    Value p =
        square
            .fma(s.number(2f / 15), 2f / 13)
            .fma(square, 2f / 11)
            .fma(square, 2f / 9)
            .fma(square, 2f / 7)
            .fma(square, 2f / 5)
            .fma(square, 2f / 3)
            .times(square);
    return p.fma(s, s.plus(s));
  }

  /** log(1 + e^x). */
  public static Value softplus(Value x) {
    return positive(x).plus(nearLog1p(decay(x.magnitude().negated())));
  }

  /** 1 / (1 + e^-x). */
  public static Value sigmoid(Value x) {
    Value decay = decay(x.magnitude().negated());
    Value above = x.number(1).over(decay.plus(1));
    return above.times(decay).blend(above, x.isAtLeast(0));
  }

  /** max(x, 0). */
  public static Value positive(Value x) {
    return x.blend(0, x.isLess(0));
  }

  /** log(e^a + e^b). */
  public static Value logAddExp(Value a, Value b) {
    return b.plus(softplus(a.minus(b)));
  }

  private static Value shifted(Value x) {
    return x.fma(x.number(Exponential.LOG2_E), Exponential.ROUNDER);
  }

  private static Value reducedExpm1(Value x, Value k) {
    Value high = k.fma(k.number(-Logarithm.LN2_HIGH), x);
    Value r = k.fma(k.number(-Logarithm.LN2_LOW), high);
    Value p =
        r.fma(r.number(Exponential.P0), Exponential.P1)
            .fma(r, Exponential.P2)
            .fma(r, Exponential.P3)
            .fma(r, Exponential.P4)
            .fma(r, Exponential.P5);
    return p.fma(r.times(r), r);
  }

  /** 2^k; of a shifted float's bits, those above the exponent are shifted out. */
  private static Value powerOfTwo(Value k) {
    return k.plus(127).shiftLeft(23).asFloat();
  }
}
