package org.sparkvae.importance;

/**
 * Whether an estimate by importance weights, and its standard error, can be trusted: whether the
 * tail of the weights is light enough for their mean to have settled (Vehtari et al., 2024, section
 * 3).
 *
 * @param paretoK the shape of the tail; NaN where too few weights tell, or all are equal
 * @param reliable whether it is below {@link #limit}, or all weights are equal
 */
public record Reliability(double paretoK, boolean reliable) {
  private static final double HIGHEST = 0.7;

  /**
   * Weights are equal but for rounding where log w differs by less of itself, or of a nat: log w is
   * the sum of log-densities, each of them a float32 sum over the image's values. Each addition is
   * off by up to 2^-24 of it, hundreds of them by 2^-20, and log-densities that nearly cancel are
   * larger than log w.
   */
  private static final double ROUNDING = 0x1p-16;

  /** Judges the tail of all K samples of an image. */
  public static Reliability of(Tail tail) {
    if (Tail.length(tail.samples()) < ParetoFit.LEAST || !Double.isFinite(tail.largest())) {
      return new Reliability(Double.NaN, false);
    }
    if (tail.spread() <= ROUNDING * Math.max(1, Math.abs(tail.largest()))) {
      return new Reliability(Double.NaN, true);
    }
    double[] exceedances = tail.exceedances();
    if (exceedances.length < ParetoFit.LEAST) {
      return new Reliability(Double.NaN, false);
    }
    double k = ParetoFit.of(exceedances).k();
    return Double.isFinite(k)
        ? new Reliability(k, k < limit(tail.samples()))
        : new Reliability(Double.NaN, false);
  }

  /**
   * The highest shape at which K samples suffice, min(1 - 1 / log10 K, 0.7): from there on the
   * samples that a mean takes to settle grow faster than can be had.
   */
  public static double limit(long samples) {
    return Math.min(1 - 1 / Math.log10(samples), HIGHEST);
  }
}
