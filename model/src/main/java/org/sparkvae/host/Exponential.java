package org.sparkvae.host;

/**
 * The constants of e^x in float32: x = k log 2 + r with r at most half of log 2 in magnitude, and
 * e^r - 1 - r as r^2 times a polynomial (Moshier, {@code expf} of Cephes).
 */
public final class Exponential {
  /** 1.5 * 2^23: adding it rounds a float below 2^22 to an integer, held in the low bits. */
  public static final float ROUNDER = 0x1.8p23f;

  /** 1 / log 2. */
  public static final float LOG2_E = 1.44269504088896341f;

  /** Below it, e^x is 0 even among the subnormal floats. */
  public static final float LOWEST = -104f;

  /** Above it, e^x is infinite. */
  public static final float HIGHEST = 89f;

  /** Below it, 2^k for e^x is no normal float. */
  public static final float LOWEST_NORMAL = -87f;

  /** Of the polynomial, from the highest power to the lowest. */
  public static final float P0 = 1.9875691500e-4f;

  public static final float P1 = 1.3981999507e-3f;
  public static final float P2 = 8.3334519073e-3f;
  public static final float P3 = 4.1665795894e-2f;
  public static final float P4 = 1.6666665459e-1f;
  public static final float P5 = 5.0000001201e-1f;

  private Exponential() {}
}
