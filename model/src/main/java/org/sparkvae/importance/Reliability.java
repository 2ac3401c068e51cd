package org.sparkvae.importance;

/**
 * Whether an estimate that is the mean of weights, and its standard error, can be trusted: whether
 * the tail of importance weights is light enough for their mean to have settled (Vehtari et al.,
 * 2024, section 3), or annealed chains, too few for a tail to be fitted, have weights that are
 * alike enough.
 *
 * @param paretoK the shape of the tail; NaN where too few weights tell, or the largest are equal,
 *     and of chains
 * @param reliable whether it is below {@link #limit}; where the largest weights are equal, so that
 *     there is no tail, whether codes are continuous; of chains, whether their effective sample
 *     size is at least {@link #leastShare} of them
 * @param unseenSquares what the squared weights that were drawn fall short of by what the tail lets
 *     expect, in all, relative to the square of the largest weight; 0 where no tail is fitted
 */
public record Reliability(double paretoK, boolean reliable, double unseenSquares) {
  private static final double HIGHEST = 0.7;
  private static final double LEAST_SHARE = 0.5;

  /**
   * Weights are equal but for rounding where log w differs by less of itself, or of a nat: log w is
   * the sum of log-densities, each of them a float32 sum over the image's values. Each addition is
   * off by up to 2^-24 of it, hundreds of them by 2^-20, and log-densities that nearly cancel are
   * larger than log w.
   */
  private static final double ROUNDING = 0x1p-16;

  /**
   * How many weights of K are expected beyond the largest that counts in the tail's moments: as
   * many as two standard errors of a normal distribution leave to one side. A weight that is not
   * drawn makes an estimate too low, never too high.
   */
  private static final double BEYOND = 1 / 40.0;

  /**
   * Judges the tail of all K samples of an image. Where bits are drawn, equal weights are those of
   * the few states that were drawn, and say nothing of one that was not.
   */
  public static Reliability of(Tail tail) {
    if (Tail.length(tail.samples()) < ParetoFit.LEAST || !Double.isFinite(tail.largest())) {
      return unfitted(false);
    }
    if (tail.spread() <= ROUNDING * Math.max(1, Math.abs(tail.largest()))) {
      return unfitted(tail.isOfContinuousCodes());
    }
    double[] exceedances = tail.exceedances();
    if (exceedances.length < ParetoFit.LEAST) {
      return unfitted(false);
    }
    ParetoFit fit = ParetoFit.of(exceedances);
    return Double.isFinite(fit.k())
        ? new Reliability(
            fit.k(), fit.k() < limit(tail.samples()), unseenSquares(fit, tail.base(), exceedances))
        : unfitted(false);
  }

  /** Judges the weights of all annealed chains of an image. */
  public static Reliability ofChains(LogSum weights) {
    double share = weights.effectiveSamples() / weights.count();
    return unfitted(share >= leastShare(weights.count()));
  }

  private static Reliability unfitted(boolean reliable) {
    return new Reliability(Double.NaN, reliable, 0);
  }

  /**
   * What the tail's squares fall short of by those of as many weights of the distribution that was
   * fitted. Where its variance is infinite the weights drawn say little of the error that is left,
   * and a cut keeps it finite.
   */
  private static double unseenSquares(ParetoFit fit, double base, double[] exceedances) {
    double drawn = 0;
    for (double exceedance : exceedances) {
      drawn += (base + exceedance) * (base + exceedance);
    }
    int n = exceedances.length;
    return Math.max(0, n * fit.meanSquare(base, BEYOND / n) - drawn);
  }

  /**
   * The highest shape at which K samples suffice, min(1 - 1 / log10 K, 0.7): from there on the
   * samples that a mean takes to settle grow faster than can be had.
   */
  public static double limit(long samples) {
    return Math.min(1 - 1 / Math.log10(samples), HIGHEST);
  }

  /**
   * What the effective sample size of chains has to be of their number: a half, below which the
   * delta method's error is too small, and two standard errors of such a share more. Few chains by
   * luck have no large weight among them. Fewer than four cannot tell.
   */
  public static double leastShare(long chains) {
    return LEAST_SHARE + 1 / Math.sqrt(chains);
  }
}
