package org.sparkvae.job.evaluate.summary;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.sparkvae.job.evaluate.scoring.CurvePoint;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/** What the summary needs of some images, in the order of their ids. */
public final class SummaryPart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many of the images of lowest log p(x), and of those without one, are remembered. */
  static final int REMEMBERED = 10;

  static final int LOG_LIKELIHOOD = 0;
  static final int SQUARED_ERROR = 1;
  static final int EFFECTIVE_SAMPLES = 2;
  static final int ELBO = 3;
  static final int RECONSTRUCTION = 4;
  static final int KL = 5;
  static final int CURVE = 6;

  private static final Comparator<Outlier> HIGHEST_FIRST = Outlier.LOWEST_FIRST.reversed();

  private final int[] curve;
  private final VectorMoments moments;
  private final double leastEffectiveSamples;
  private final Outlier[] outliers;
  private final long[] broken;

  private SummaryPart(
      int[] curve,
      VectorMoments moments,
      double leastEffectiveSamples,
      Outlier[] outliers,
      long[] broken) {
    this.curve = curve;
    this.moments = moments;
    this.leastEffectiveSamples = leastEffectiveSamples;
    this.outliers = outliers;
    this.broken = broken;
  }

  /**
   * Sums up at least one image.
   *
   * @param scores by rising id
   */
  public static SummaryPart of(Iterator<ImageScore> scores) {
    int[] curve = null;
    VectorMoments moments = null;
    double least = Double.POSITIVE_INFINITY;
    PriorityQueue<Outlier> lowest = new PriorityQueue<>(HIGHEST_FIRST);
    Stream.Builder<Long> broken = Stream.builder();
    while (scores.hasNext()) {
      ImageScore score = scores.next();
      if (moments == null) {
        curve = score.curve().stream().mapToInt(CurvePoint::samples).toArray();
        moments = new VectorMoments(CURVE + curve.length + score.posteriorMean().length);
      }
      if (!score.isFinite()) {
        broken.add(score.id());
        continue;
      }
      moments.add(quantities(score));
      least = Math.min(least, score.effectiveSamples());
      lowest.add(new Outlier(score.id(), score.logLikelihood()));
      if (lowest.size() > REMEMBERED) {
        lowest.remove();
      }
    }
    return new SummaryPart(
        curve,
        moments,
        least,
        lowest.toArray(Outlier[]::new),
        broken.build().mapToLong(Long::longValue).limit(REMEMBERED).toArray());
  }

  private static double[] quantities(ImageScore score) {
    int points = score.curve().size();
    double[] values = new double[CURVE + points + score.posteriorMean().length];
    values[LOG_LIKELIHOOD] = score.logLikelihood();
    values[SQUARED_ERROR] = score.standardError() * score.standardError();
    values[EFFECTIVE_SAMPLES] = score.effectiveSamples();
    values[ELBO] = score.elbo();
    values[RECONSTRUCTION] = score.reconstruction();
    values[KL] = score.kl();
    for (int i = 0; i < points; i++) {
      values[CURVE + i] = score.curve().get(i).bound();
    }
    for (int d = 0; d < score.posteriorMean().length; d++) {
      values[CURVE + points + d] = score.posteriorMean()[d];
    }
    return values;
  }

  /** The sums over these images and those, whose ids come after. */
  SummaryPart plus(SummaryPart next) {
    return new SummaryPart(
        curve,
        moments.plus(next.moments),
        Math.min(leastEffectiveSamples, next.leastEffectiveSamples),
        Stream.of(outliers, next.outliers)
            .flatMap(Arrays::stream)
            .sorted(Outlier.LOWEST_FIRST)
            .limit(REMEMBERED)
            .toArray(Outlier[]::new),
        Stream.of(broken, next.broken).flatMapToLong(Arrays::stream).limit(REMEMBERED).toArray());
  }

  /** The numbers of samples at which the curve is known. */
  int[] curve() {
    return curve;
  }

  /** Moments of the constants' quantities, the curve's bounds, and the posterior means. */
  VectorMoments moments() {
    return moments;
  }

  /** The least effective sample size. */
  double leastEffectiveSamples() {
    return leastEffectiveSamples;
  }

  /** The images of lowest log p(x), in no order. */
  Outlier[] outliers() {
    return outliers;
  }

  /** Ids of the first images whose log p(x) could not be estimated. */
  long[] broken() {
    return broken;
  }
}
