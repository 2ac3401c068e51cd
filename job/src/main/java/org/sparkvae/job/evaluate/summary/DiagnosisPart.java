package org.sparkvae.job.evaluate.summary;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.evaluate.scoring.ImageScore;

/** What the summary needs of some images' weights, in the order of the images' ids. */
final class DiagnosisPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] curve;
  private final VectorMoments bounds;
  private final VectorMoments effectiveSamples;
  private final VectorMoments shapes;
  private double leastEffectiveSamples = Double.POSITIVE_INFINITY;
  private double largestShape = Double.NEGATIVE_INFINITY;
  private long reliable;

  /**
   * Of no image yet.
   *
   * @param curve the numbers of samples at which the curve is known; none of chains
   */
  private DiagnosisPart(int[] curve) {
    this.curve = curve;
    bounds = new VectorMoments(curve.length);
    effectiveSamples = new VectorMoments(1);
    shapes = new VectorMoments(1);
  }

  private DiagnosisPart(DiagnosisPart one, DiagnosisPart next) {
    curve = one.curve;
    bounds = one.bounds.plus(next.bounds);
    effectiveSamples = one.effectiveSamples.plus(next.effectiveSamples);
    shapes = one.shapes.plus(next.shapes);
    leastEffectiveSamples = Math.min(one.leastEffectiveSamples, next.leastEffectiveSamples);
    largestShape = Math.max(one.largestShape, next.largestShape);
    reliable = one.reliable + next.reliable;
  }

  /** Of no image yet, for images such as one. */
  static DiagnosisPart like(ImageScore score) {
    List<CurvePoint> curve = score.logLikelihood().diagnosis().curve();
    return new DiagnosisPart(curve.stream().mapToInt(CurvePoint::samples).toArray());
  }

  void add(ImageScore.Diagnosis diagnosis) {
    bounds.add(diagnosis.curve().stream().mapToDouble(CurvePoint::bound).toArray());
    effectiveSamples.add(new double[] {diagnosis.effectiveSamples()});
    leastEffectiveSamples = Math.min(leastEffectiveSamples, diagnosis.effectiveSamples());
    if (!Double.isNaN(diagnosis.paretoK())) {
      shapes.add(new double[] {diagnosis.paretoK()});
      largestShape = Math.max(largestShape, diagnosis.paretoK());
    }
    if (diagnosis.reliable()) {
      reliable++;
    }
  }

  /** The sums over these images and those, whose ids come after. */
  DiagnosisPart plus(DiagnosisPart next) {
    return new DiagnosisPart(this, next);
  }

  EvaluationSummary.Diagnosis summary() {
    boolean shaped = shapes.count() > 0;
    List<CurvePoint> means =
        IntStream.range(0, curve.length)
            .mapToObj(i -> new CurvePoint(curve[i], bounds.mean(i)))
            .toList();
    return new EvaluationSummary.Diagnosis(
        new EvaluationSummary.EffectiveSamples(effectiveSamples.mean(0), leastEffectiveSamples),
        new EvaluationSummary.Tails(
            reliable, shaped ? shapes.mean(0) : Double.NaN, shaped ? largestShape : Double.NaN),
        means);
  }
}
