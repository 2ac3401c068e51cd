package org.sparkvae.job.apply;

import org.sparkvae.noise.Noise;

/** A way from one code to another. */
public enum Way {
  /** a + t (b - a). */
  LINE,

  /**
   * sin((1 - t) w) / sin w a' + sin(t w) / sin w b', of both directions a', b' at an angle w
   * (Shoemake, 1985, "Animating rotation with quaternion curves"), its length between those of a
   * and b; straight where the angle is nearly 0 or 180 degrees.
   */
  GREAT_CIRCLE,

  /**
   * The circle whose diameter is from a to b, in a plane whose other direction is drawn; a is at t
   * = 0 and 1, b at 1/2.
   */
  CIRCLE;

  private static final double SMALL = 1e-4;

  /**
   * The codes on the way.
   *
   * @param from the first, [n]
   * @param to the last; of a circle, that half way
   * @param steps at least 2
   * @param key of the noise that a plane is drawn by
   * @return [steps][n]
   */
  float[][] codes(float[] from, float[] to, int steps, long key) {
    float[][] codes = new float[steps][];
    float[] other = this == CIRCLE ? acrossTo(from, to, key) : null;
    for (int step = 0; step < steps; step++) {
      double t = (double) step / (steps - 1);
      codes[step] =
          switch (this) {
            case LINE -> mixed(from, to, 1 - t, t);
            case GREAT_CIRCLE -> arc(from, to, t);
            case CIRCLE -> circle(from, to, other, t);
          };
    }
    return codes;
  }

  private static float[] arc(float[] from, float[] to, double t) {
    double one = length(from);
    double two = length(to);
    double cosine = dot(from, to) / (one * two);
    double angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
    if (!(Math.sin(angle) > SMALL)) {
      return mixed(from, to, 1 - t, t);
    }
    double length = (1 - t) * one + t * two;
    return mixed(
        from,
        to,
        length * Math.sin((1 - t) * angle) / Math.sin(angle) / one,
        length * Math.sin(t * angle) / Math.sin(angle) / two);
  }

  private static float[] circle(float[] from, float[] to, float[] across, double t) {
    double cosine = Math.cos(2 * Math.PI * t);
    float[] diameter = mixed(from, to, (1 + cosine) / 2, (1 - cosine) / 2);
    return mixed(diameter, across, 1, Math.sin(2 * Math.PI * t));
  }

  /** A drawn direction at right angles to the way from one to the other, half as long as that. */
  private static float[] acrossTo(float[] from, float[] to, long key) {
    float[] way = mixed(to, from, 0.5, -0.5);
    float[] drawn = new float[way.length];
    Noise.normal(key, 0, drawn, 0, drawn.length);
    double square = dot(way, way);
    float[] across = square > 0 ? mixed(drawn, way, 1, -dot(drawn, way) / square) : drawn;
    double length = length(across);
    return mixed(across, across, length > SMALL ? Math.sqrt(square) / length : 0, 0);
  }

  private static float[] mixed(float[] one, float[] two, double ofOne, double ofTwo) {
    float[] mixed = new float[one.length];
    for (int d = 0; d < mixed.length; d++) {
      mixed[d] = (float) (ofOne * one[d] + ofTwo * two[d]);
    }
    return mixed;
  }

  private static double dot(float[] one, float[] two) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (double) one[d] * two[d];
    }
    return sum;
  }

  private static double length(float[] of) {
    return Math.sqrt(dot(of, of));
  }
}
