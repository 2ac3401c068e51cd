package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.vae.LogWeights;

/** Computes one task's blocks of an image. */
final class ImageScorer {
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final LogWeights weights;
  private final double[] logWeight;
  private final double[] logLikelihood;

  ImageScorer(WorkPlan plan, SampleKeys keys, LogWeights weights) {
    this.plan = plan;
    this.keys = keys;
    this.weights = weights;
    logWeight = new double[plan.block()];
    logLikelihood = new double[plan.block()];
  }

  /**
   * Draws and folds the samples of an image's blocks.
   *
   * @param image [pixels], values in [0, 1]
   */
  PartialScore score(ImageWork work, float[] image) {
    weights.image(image);
    long key = keys.of(work.id());
    List<LogWeightSum> blocks = new ArrayList<>();
    for (int block = work.fromBlock(); block < work.toBlock(); block++) {
      long from = plan.firstSample(block);
      int count = plan.samplesIn(block);
      weights.sample(key, from, count, logWeight, logLikelihood);
      blocks.add(LogWeightSum.of(plan.samples(), from, count, logWeight, logLikelihood));
    }
    return new PartialScore(
        work.id(),
        work.label(),
        work.name(),
        blocks,
        weights.kl().orElse(Double.NaN),
        weights.posteriorMean(),
        weights.posteriorStandardDeviation().orElse(null));
  }
}
