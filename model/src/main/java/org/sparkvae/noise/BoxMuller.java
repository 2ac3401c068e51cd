package org.sparkvae.noise;

import org.sparkvae.host.Logarithm;

/**
 * The Box-Muller transform of two random words into two standard normals, in correctly rounded
 * float32 operations only; {@link VectorNoise} does the same lane by lane, to the bit.
 *
 * <p>With u = (upper 24 bits of the first word + 1) / 2^24 in (0, 1], and a the angle at which the
 * second word divides the circle: sqrt(-2 log u) cos a and sqrt(-2 log u) sin a (Box and Muller,
 * 1958). The polynomials are those of Cephes (Moshier, {@code sinf} and {@code cosf}).
 */
public final class BoxMuller {
  /** An eighth of the circle: added before cutting into quarters, it centres them on the axes. */
  public static final int EIGHTH = 1 << 29;

  /** 2 pi / 2^24: the angle of one step of a word's upper 24 bits. */
  public static final float STEP = (float) (2 * Math.PI * 0x1p-24);

  /** Of the sine, from the highest power to the lowest. */
  public static final float SIN0 = -1.9515295891e-4f;

  public static final float SIN1 = 8.3321608736e-3f;
  public static final float SIN2 = -1.6666654611e-1f;

  /** Of the cosine, from the highest power to the lowest. */
  public static final float COS0 = 2.443315711809948e-5f;

  public static final float COS1 = -1.388731625493765e-3f;
  public static final float COS2 = 4.166664568298827e-2f;

  private BoxMuller() {}

  /** sqrt(-2 log u), 0 to 5.77. */
  static float radius(int word) {
    float u = ((word >>> 8) + 1) * NoiseLoops.UNIT;
    return (float) Math.sqrt(Logarithm.of(u) * -2f);
  }

  /** radius * cos a. */
  static float first(float radius, int word) {
    int quarter = word + EIGHTH >>> 30;
    float a = angle(word, quarter);
    // Negative in the second and third quarter.
    int sign = (quarter + 1 & 2) << 30;
    return signed((quarter & 1) == 0 ? cos(a) : sin(a), sign) * radius;
  }

  /** radius * sin a. */
  static float second(float radius, int word) {
    int quarter = word + EIGHTH >>> 30;
    float a = angle(word, quarter);
    // Negative in the third and fourth quarter.
    int sign = (quarter & 2) << 30;
    return signed((quarter & 1) == 0 ? sin(a) : cos(a), sign) * radius;
  }

  /** The angle from the middle of its quarter, from -pi/4 to pi/4. */
  private static float angle(int word, int quarter) {
    return (word - (quarter << 30) >> 8) * STEP;
  }

  private static float sin(float a) {
    float square = a * a;
    float p = Math.fma(square, SIN0, SIN1);
    p = Math.fma(p, square, SIN2);
    return Math.fma(p * square, a, a);
  }

  private static float cos(float a) {
    float square = a * a;
    float p = Math.fma(square, COS0, COS1);
    p = Math.fma(p, square, COS2);
    return Math.fma(p * square, square, Math.fma(square, -0.5f, 1f));
  }

  private static float signed(float magnitude, int sign) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ sign);
  }
}
