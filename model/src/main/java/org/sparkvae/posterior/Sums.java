package org.sparkvae.posterior;

/** Sums over consecutive values of float64 arrays. */
final class Sums {
  private Sums() {}

  /** The inner product; four sums that do not wait for one another. */
  static double dot(double[] a, int atA, double[] b, int atB, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      s0 += a[atA + i] * b[atB + i];
      s1 += a[atA + i + 1] * b[atB + i + 1];
      s2 += a[atA + i + 2] * b[atB + i + 2];
      s3 += a[atA + i + 3] * b[atB + i + 3];
    }
    for (; i < count; i++) {
      s0 += a[atA + i] * b[atB + i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** {@code to[at ..] += factor * from[at ..]}. */
  static void add(double factor, double[] from, int atFrom, double[] to, int atTo, int count) {
    for (int i = 0; i < count; i++) {
      to[atTo + i] += factor * from[atFrom + i];
    }
  }
}
