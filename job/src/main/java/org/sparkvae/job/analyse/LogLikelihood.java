package org.sparkvae.job.analyse;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.sparkvae.importance.LogSum;
import org.sparkvae.importance.Reliability;
import org.sparkvae.importance.TailSelection;

/**
 * An estimate of log p(x), nats: log of the mean of weights whose mean is p(x), so that it is a
 * lower bound in expectation.
 *
 * @param estimate with its error
 * @param reliability whether it can be trusted
 * @param unseenError the part of the error that is of weights in the tail that were not drawn
 */
record LogLikelihood(Estimate estimate, Reliability reliability, double unseenError) {
  private static final Comparator<LogLikelihood> BY_VALUE =
      Comparator.comparingDouble(of -> of.estimate().value());

  private static final Comparator<LogLikelihood> BY_ERROR =
      Comparator.comparingDouble(of -> of.estimate().standardError());

  /** By importance samples of continuous codes. */
  static LogLikelihood ofSamples(double[] logWeights) {
    TailSelection largest = new TailSelection(logWeights.length, true);
    largest.add(logWeights, logWeights.length);
    Reliability reliability = Reliability.of(largest.tail());
    double samples = logWeights.length;
    double sum = Arrays.stream(relative(logWeights)).sum();
    double unseen = Math.sqrt(reliability.unseenSquares() * samples / (samples - 1)) / sum;
    return new LogLikelihood(estimate(logWeights).withError(unseen), reliability, unseen);
  }

  /** By annealed chains. */
  static LogLikelihood ofChains(double[] logWeights) {
    LogSum sum = LogSum.of(logWeights, 0, logWeights.length);
    return new LogLikelihood(estimate(logWeights), Reliability.ofChains(sum), 0);
  }

  /**
   * The one to go by: of those that may be trusted the one of the smallest error; where none may,
   * all are lower bounds in expectation, and it is the largest.
   *
   * @param some at least one
   */
  static LogLikelihood best(List<LogLikelihood> some) {
    return some.stream()
        .filter(LogLikelihood::isTrusted)
        .min(BY_ERROR)
        .or(() -> some.stream().max(BY_VALUE))
        .orElseThrow();
  }

  private boolean isTrusted() {
    return Double.isFinite(estimate.standardError()) && reliability.reliable();
  }

  /** What each sample adds to the estimate's error, by the delta method. */
  static double[] influences(double[] logWeights, double logMean) {
    return Arrays.stream(logWeights).map(w -> Math.exp(w - logMean)).toArray();
  }

  private static Estimate estimate(double[] logWeights) {
    double logMean = logMean(logWeights);
    return Estimate.of(logMean, influences(logWeights, logMean));
  }

  /** log of the mean of e^w; NaN where one is NaN. */
  private static double logMean(double[] logWeights) {
    double sum = Arrays.stream(relative(logWeights)).sum();
    return most(logWeights) + Math.log(sum / logWeights.length);
  }

  /** Weights relative to the largest. */
  private static double[] relative(double[] logWeights) {
    double most = most(logWeights);
    return Arrays.stream(logWeights).map(w -> Math.exp(w - most)).toArray();
  }

  private static double most(double[] logWeights) {
    return Arrays.stream(logWeights).max().orElseThrow();
  }
}
