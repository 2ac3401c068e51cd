package org.sparkvae.importance;

import java.io.Serializable;

/**
 * The sum and the sum of squares of some weights that are known by their logarithms.
 *
 * <p>Weights are held relative to the largest, so that nothing overflows, and what underflows does
 * not matter: sum w = e^max * sum, sum w^2 = e^(2 max) * squares. A weight may be 0 (log weight
 * minus infinity); NaN and plus infinity stay visible in {@link #value()}.
 *
 * <p>A plain class rather than a record: Spark ships it, and its Kryo cannot write records.
 */
public final class LogSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The sum of no weights. */
  public static final LogSum EMPTY = new LogSum(0, Double.NEGATIVE_INFINITY, 0, 0);

  private final long count;
  private final double max;
  private final double sum;
  private final double squares;

  private LogSum(long count, double max, double sum, double squares) {
    this.count = count;
    this.max = max;
    this.sum = sum;
    this.squares = squares;
  }

  /** The sum of the weights with logarithms {@code logWeights[from .. to)}, added in order. */
  public static LogSum of(double[] logWeights, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, logWeights[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return new LogSum(to - from, max, 0, 0);
    }
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double weight = Math.exp(logWeights[i] - max);
      sum += weight;
      squares += weight * weight;
    }
    return new LogSum(to - from, max, sum, squares);
  }

  /**
   * The sum of both; the same bits for the same two sums in the same order. Associative but for
   * rounding.
   */
  public LogSum plus(LogSum other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    double both = Math.max(max, other.max);
    if (both == Double.NEGATIVE_INFINITY) {
      return new LogSum(count + other.count, both, 0, 0);
    }
    double mine = Math.exp(max - both);
    double theirs = Math.exp(other.max - both);
    return new LogSum(
        count + other.count,
        both,
        mine * sum + theirs * other.sum,
        mine * mine * squares + theirs * theirs * other.squares);
  }

  public long count() {
    return count;
  }

  /** log sum w; minus infinity where all weights are 0, not finite where one is not. */
  public double value() {
    return max + Math.log(sum);
  }

  /** log of the mean weight: log sum w - log count, nats. */
  public double logMean() {
    return value() - Math.log(count);
  }

  /**
   * The standard error of {@link #logMean} by the delta method, nats: the standard error of the
   * mean weight over the mean weight, sqrt(s^2 / K) / mean(w) = sqrt((K / ESS - 1) / (K - 1)) with
   * s^2 the sample variance of the K weights and ESS the effective sample size. NaN for K = 1.
   */
  public double standardError() {
    return standardError(0);
  }

  /**
   * The standard error with more in the sum of squares.
   *
   * @param moreSquares relative to the square of the largest weight
   */
  double standardError(double moreSquares) {
    return Math.sqrt(Math.max(0, count / effectiveSamples(moreSquares) - 1) / (count - 1));
  }

  /** The effective sample size (sum w)^2 / sum w^2, in 1 .. count (Kong, 1992). */
  public double effectiveSamples() {
    return effectiveSamples(0);
  }

  private double effectiveSamples(double moreSquares) {
    return sum * sum / (squares + moreSquares);
  }
}
