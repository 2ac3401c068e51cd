package org.sparkvae.job.evaluate.summary;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/** What the summary needs of some images, in the order of their ids. */
public final class SummaryPart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many of the images of lowest log p(x), and of those without one, are remembered. */
  static final int REMEMBERED = 10;

  static final int LOG_LIKELIHOOD = 0;
  static final int SQUARED_ERROR = 1;
  static final int ELBO = 2;
  static final int RECONSTRUCTION = 3;
  static final int KL = 4;
  static final int EXACT = 5;
  static final int POSTERIOR_MEAN = 6;

  private static final Comparator<Outlier> HIGHEST_FIRST = Outlier.LOWEST_FIRST.reversed();

  private final int[] layers;
  private final VectorMoments moments;
  private final DiagnosisPart diagnosis;
  private final Outlier[] outliers;
  private final long[] broken;

  private SummaryPart(
      int[] layers,
      VectorMoments moments,
      DiagnosisPart diagnosis,
      Outlier[] outliers,
      long[] broken) {
    this.layers = layers;
    this.moments = moments;
    this.diagnosis = diagnosis;
    this.outliers = outliers;
    this.broken = broken;
  }

  /**
   * Sums up at least one image.
   *
   * @param scores by rising id
   */
  public static SummaryPart of(Iterator<ImageScore> scores) {
    int[] layers = null;
    VectorMoments moments = null;
    DiagnosisPart diagnosis = null;
    PriorityQueue<Outlier> lowest = new PriorityQueue<>(HIGHEST_FIRST);
    Stream.Builder<Long> broken = Stream.builder();
    while (scores.hasNext()) {
      ImageScore score = scores.next();
      if (moments == null) {
        layers = score.posterior().layers();
        moments = new VectorMoments(POSTERIOR_MEAN + Arrays.stream(layers).sum());
        diagnosis = DiagnosisPart.like(score);
      }
      if (!score.isFinite()) {
        broken.add(score.id());
        continue;
      }
      moments.add(quantities(score));
      diagnosis.add(score.logLikelihood().diagnosis());
      lowest.add(new Outlier(score.id(), score.logLikelihood().estimate()));
      if (lowest.size() > REMEMBERED) {
        lowest.remove();
      }
    }
    return new SummaryPart(
        layers,
        moments,
        diagnosis,
        lowest.toArray(Outlier[]::new),
        broken.build().mapToLong(Long::longValue).limit(REMEMBERED).toArray());
  }

  private static double[] quantities(ImageScore score) {
    float[] means = score.posterior().means();
    double[] values = new double[POSTERIOR_MEAN + means.length];
    values[LOG_LIKELIHOOD] = score.logLikelihood().estimate();
    values[SQUARED_ERROR] =
        score.logLikelihood().standardError() * score.logLikelihood().standardError();
    values[ELBO] = score.elbo().value();
    values[RECONSTRUCTION] = score.elbo().reconstruction();
    values[KL] = score.elbo().kl();
    values[EXACT] = score.logLikelihood().exact();
    for (int d = 0; d < means.length; d++) {
      values[POSTERIOR_MEAN + d] = means[d];
    }
    return values;
  }

  /** The sums over these images and those, whose ids come after. */
  SummaryPart plus(SummaryPart next) {
    return new SummaryPart(
        layers,
        moments.plus(next.moments),
        diagnosis.plus(next.diagnosis),
        Stream.of(outliers, next.outliers)
            .flatMap(Arrays::stream)
            .sorted(Outlier.LOWEST_FIRST)
            .limit(REMEMBERED)
            .toArray(Outlier[]::new),
        Stream.of(broken, next.broken).flatMapToLong(Arrays::stream).limit(REMEMBERED).toArray());
  }

  /** Dimensions of every stochastic layer, from the first on. */
  int[] layers() {
    return layers;
  }

  /** Moments of the quantities that the constants number, and of the posterior means. */
  VectorMoments moments() {
    return moments;
  }

  /** What the weights tell. */
  DiagnosisPart diagnosis() {
    return diagnosis;
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
