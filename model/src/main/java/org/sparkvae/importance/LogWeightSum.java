package org.sparkvae.importance;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the importance-sampling pass keeps of a range of consecutive samples of one image: the
 * log-weights folded in double.
 *
 * <p>A block of samples is folded alone, in sample order; the sums of blocks are joined one after
 * another from sample 0 on. A sum is a pure function of its block, and the joining happens in one
 * order only, so an image's result has the same bits however its blocks were spread over tasks.
 */
public final class LogWeightSum implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BASE = 10;

  private final long from;
  private final long to;
  private final LogSum weights;
  private final double logWeights;
  private final double logLikelihoods;
  private final SampleGroups[] curve;

  private LogWeightSum(
      long from,
      long to,
      LogSum weights,
      double logWeights,
      double logLikelihoods,
      SampleGroups[] curve) {
    this.from = from;
    this.to = to;
    this.weights = weights;
    this.logWeights = logWeights;
    this.logLikelihoods = logLikelihoods;
    this.curve = curve;
  }

  /**
   * Folds one block.
   *
   * @param samples K, samples of the image in all: the curve is kept at 10, 100, ... below it
   * @param from the block's first sample
   * @param count samples in the block, at least 1
   * @param logWeight log w, [at least count], nats
   * @param logLikelihood log p(x|z), [at least count], nats
   */
  public static LogWeightSum of(
      long samples, long from, int count, double[] logWeight, double[] logLikelihood) {
    double logWeights = 0;
    double logLikelihoods = 0;
    for (int i = 0; i < count; i++) {
      logWeights += logWeight[i];
      logLikelihoods += logLikelihood[i];
    }
    LogSum[] segments = tens(from, count, logWeight);
    List<SampleGroups> curve = new ArrayList<>();
    for (long size = BASE; size < samples; size *= BASE) {
      segments = size == BASE ? segments : coarser(size, from, segments);
      curve.add(SampleGroups.of(size, from, segments));
    }
    LogSum weights = LogSum.EMPTY;
    for (LogSum segment : segments) {
      weights = weights.plus(segment);
    }
    return new LogWeightSum(
        from,
        from + count,
        weights,
        logWeights,
        logLikelihoods,
        curve.toArray(SampleGroups[]::new));
  }

  /** The block's parts in the groups of ten samples it meets. */
  private static LogSum[] tens(long from, int count, double[] logWeight) {
    List<LogSum> segments = new ArrayList<>();
    int start = 0;
    while (start < count) {
      int end = (int) Math.min(count, start + BASE - (from + start) % BASE);
      segments.add(LogSum.of(logWeight, start, end));
      start = end;
    }
    return segments.toArray(LogSum[]::new);
  }

  /** The parts in groups of {@code size} samples, from those in groups of a tenth of that. */
  private static LogSum[] coarser(long size, long from, LogSum[] finer) {
    List<LogSum> segments = new ArrayList<>();
    long position = from;
    LogSum open = LogSum.EMPTY;
    for (LogSum part : finer) {
      open = open.plus(part);
      position += part.count();
      if (position % size == 0) {
        segments.add(open);
        open = LogSum.EMPTY;
      }
    }
    if (open.count() > 0) {
      segments.add(open);
    }
    return segments.toArray(LogSum[]::new);
  }

  /**
   * The sum over this range and the one right after it.
   *
   * @throws IllegalArgumentException where {@code next} begins elsewhere
   */
  public LogWeightSum plus(LogWeightSum next) {
    if (next.from != to) {
      throw new IllegalArgumentException(
          "samples " + next.from + ".. cannot follow samples .." + (to - 1));
    }
    SampleGroups[] joined = new SampleGroups[curve.length];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = curve[i].plus(next.curve[i]);
    }
    return new LogWeightSum(
        from,
        next.to,
        weights.plus(next.weights),
        logWeights + next.logWeights,
        logLikelihoods + next.logLikelihoods,
        joined);
  }

  public long from() {
    return from;
  }

  /** The sample after the range's last. */
  public long to() {
    return to;
  }

  /** L_K = logsumexp(log w) - log K, nats; not finite where the weights are all 0 or one is NaN. */
  public double logLikelihood() {
    return weights.logMean();
  }

  /**
   * The standard error of {@link #logLikelihood()}, nats: that of the mean weight over the mean
   * weight, sqrt(s^2 / K) / mean(w) = sqrt((K / ESS - 1) / (K - 1)) with s^2 the variance of the
   * weights and ESS the effective sample size. NaN for K = 1.
   *
   * <p>With s^2 of the drawn weights alone (the delta method) it is too small where their tail is
   * heavy: what it leaves out is just the weights that are large, but have not been drawn.
   *
   * @param unseenSquares to be added to the sum of the squared weights for those, relative to the
   *     square of the largest
   */
  public double standardError(double unseenSquares) {
    return weights.standardError(unseenSquares);
  }

  /** The effective sample size (sum w)^2 / sum w^2. */
  public double effectiveSamples() {
    return weights.effectiveSamples();
  }

  /** The ELBO's estimate: mean log w, nats. */
  public double elbo() {
    return logWeights / weights.count();
  }

  /** Mean log p(x|z), nats. */
  public double reconstruction() {
    return logLikelihoods / weights.count();
  }

  /**
   * The importance-weighted bound at 1, 10, 100, ... samples, and at all K (Burda et al., 2016, eq.
   * 8): at k the mean over the floor(K / k) groups of k consecutive samples of logsumexp - log k.
   */
  public List<CurvePoint> curve() {
    List<CurvePoint> points = new ArrayList<>();
    if (weights.count() > 1) {
      points.add(new CurvePoint(1, elbo()));
    }
    for (SampleGroups groups : curve) {
      points.add(new CurvePoint(Math.toIntExact(groups.size()), groups.bound()));
    }
    points.add(new CurvePoint(Math.toIntExact(weights.count()), logLikelihood()));
    return points;
  }
}
