package org.sparkvae.job.evaluate.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Proposer;
import org.sparkvae.vae.ImageModel;

/** Estimates log p(x) by importance sampling. */
final class ImageScorer implements Scorer {
  private final WorkPlan plan;
  private final SampleKeys keys;
  private final Proposer proposer;
  private final LogWeights weights;
  private final double[] logWeight;
  private final double[] logLikelihood;
  private final TailSelection tail;

  ImageScorer(
      ImageModel model, INDArray parameters, Proposal proposal, WorkPlan plan, SampleKeys keys) {
    this.plan = plan;
    this.keys = keys;
    proposer = Proposer.of(proposal, model, parameters);
    weights = new LogWeights(model, parameters, plan.block(), proposal.tails());
    logWeight = new double[plan.block()];
    logLikelihood = new double[plan.block()];
    tail = new TailSelection(plan.samples(), weights.areOfContinuousCodes());
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public List<ImagePart> score(List<ImageWork> works, List<float[]> images) {
    return IntStream.range(0, works.size())
        .<ImagePart>mapToObj(i -> score(works.get(i), images.get(i)))
        .toList();
  }

  private PartialScore score(ImageWork work, float[] image) {
    weights.image(image, proposer.propose(image, keys.ofRefinement(work.id())));
    tail.clear();
    long key = keys.of(work.id());
    List<LogWeightSum> blocks = new ArrayList<>();
    List<float[]> means = List.of();
    for (int block = work.fromBlock(); block < work.toBlock(); block++) {
      long from = plan.firstSample(block);
      int count = plan.samplesIn(block);
      weights.sample(key, from, count, logWeight, logLikelihood);
      tail.add(logWeight, count);
      if (block == work.fromBlock()) {
        means = weights.posteriorMeans();
      }
      blocks.add(LogWeightSum.of(plan.samples(), from, count, logWeight, logLikelihood));
    }
    return new PartialScore(
        work.id(),
        work.label(),
        work.name(),
        blocks,
        tail.tail(),
        weights.kl().orElse(Double.NaN),
        new ImageScore.PosteriorMoments(
            means.get(0),
            weights.posteriorStandardDeviation().orElse(null),
            means.subList(1, means.size())));
  }
}
