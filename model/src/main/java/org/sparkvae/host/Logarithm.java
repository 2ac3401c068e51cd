package org.sparkvae.host;

/**
 * The natural logarithm of a float32 in correctly rounded operations only; {@link VectorMath#log}
 * does the same lane by lane, to the bit.
 *
 * <p>x = 2^k m with m from sqrt(1/2) to sqrt(2), and log m by the polynomial of Cephes (Moshier,
 * {@code logf}).
 */
public final class Logarithm {
  /** The bits of sqrt(1/2). */
  public static final int SQRT_HALF_BITS = 0x3F3504F3;

  /** The bits of log 2 that leave k * LN2_HIGH exact. */
  public static final float LN2_HIGH = 0.693359375f;

  /** log 2 - LN2_HIGH. */
  public static final float LN2_LOW = -2.12194440e-4f;

  /** Of the polynomial, from the highest power to the lowest. */
  public static final float P0 = 7.0376836292e-2f;

  public static final float P1 = -1.1514610310e-1f;
  public static final float P2 = 1.1676998740e-1f;
  public static final float P3 = -1.2420140846e-1f;
  public static final float P4 = 1.4249322787e-1f;
  public static final float P5 = -1.6668057665e-1f;
  public static final float P6 = 2.0000714765e-1f;
  public static final float P7 = -2.4999993993e-1f;
  public static final float P8 = 3.3333331174e-1f;

  private Logarithm() {}

  /** log x of a normal float above 0, within 1 ulp. */
  public static float of(float x) {
    int bits = Float.floatToRawIntBits(x);
    int k = bits - SQRT_HALF_BITS >> 23;
    float f = Float.intBitsToFloat(bits - (k << 23)) - 1f;
    float p = Math.fma(f, P0, P1);
    p = Math.fma(p, f, P2);
    p = Math.fma(p, f, P3);
    p = Math.fma(p, f, P4);
    p = Math.fma(p, f, P5);
    p = Math.fma(p, f, P6);
    p = Math.fma(p, f, P7);
    p = Math.fma(p, f, P8);
    float square = f * f;
    float rest = Math.fma(k, LN2_LOW, p * f * square);
    rest = Math.fma(square, -0.5f, rest);
    return Math.fma(k, LN2_HIGH, f + rest);
  }
}
