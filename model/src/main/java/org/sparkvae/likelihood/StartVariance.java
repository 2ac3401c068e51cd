package org.sparkvae.likelihood;

/** The variance a Gaussian likelihood starts from: 0.05, about that of images in [0, 1]. */
final class StartVariance {
  private static final double VARIANCE = 0.05;

  private StartVariance() {}

  /** The raw value whose softplus, added to the minimum, gives the start variance or just above. */
  static float raw(double minVariance) {
    double excess = Math.max(VARIANCE - minVariance, 0.01 * minVariance);
    return (float) StrictMath.log(StrictMath.expm1(excess));
  }
}
