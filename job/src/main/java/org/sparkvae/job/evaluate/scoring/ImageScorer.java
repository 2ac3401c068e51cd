package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.List;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.vae.LogWeights;

/** Computes one task's blocks of an image. */
final class ImageScorer {
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final LogWeights weights;
  private final double[] logWeight;
  private final double[] logLikelihood;
  private final TailSelection tail;

  ImageScorer(WorkPlan plan, SampleKeys keys, LogWeights weights) {
    this.plan = plan;
    this.keys = keys;
    this.weights = weights;
    logWeight = new double[plan.block()];
    logLikelihood = new double[plan.block()];
    tail = new TailSelection(plan.samples());
  }

  /**
   * Draws and folds the samples of an image's blocks.
   *
   * @param image [pixels], values in [0, 1]
   */
  PartialScore score(ImageWork work, float[] image) {
    weights.image(image);
    tail.clear();
    long key = keys.of(work.id());
    List<LogWeightSum> blocks = new ArrayList<>();
    for (int block = work.fromBlock(); block < work.toBlock(); block++) {
      long from = plan.firstSample(block);
      int count = plan.samplesIn(block);
      weights.sample(key, from, count, logWeight, logLikelihood);
      tail.add(logWeight, count);
      blocks.add(LogWeightSum.of(plan.samples(), from, count, logWeight, logLikelihood));
    }
    return new PartialScore(
        work.id(),
        work.label(),
        work.name(),
        blocks,
        tail.tail(),
        weights.kl().orElse(Double.NaN),
        weights.posteriorMean(),
        weights.posteriorStandardDeviation().orElse(null));
  }
}
