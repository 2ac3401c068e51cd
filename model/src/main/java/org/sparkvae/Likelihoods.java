package org.sparkvae;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.importance.LogWeightSum;
import org.sparkvae.importance.Reliability;
import org.sparkvae.importance.TailSelection;
import org.sparkvae.noise.Noise;
import org.sparkvae.proposal.LogWeights;
import org.sparkvae.proposal.Proposer;
import org.sparkvae.vae.ImageModel;

/**
 * Estimates log p(x) image by image, on buffers that are allocated once: the noise, the blocks and
 * the folding are the job's, and so are the bits.
 *
 * <p>Not thread-safe.
 */
final class Likelihoods {
  /** As {@code evaluation.block} by default. */
  private static final int BLOCK = 500;

  /** The first evaluation of a run's images. */
  private static final int STREAM = 0;

  private final int samples;
  private final Proposal proposal;
  private final Proposer proposer;
  private final LogWeights weights;
  private final TailSelection tail;
  private final double[] logWeight;
  private final double[] logLikelihood;
  private final Optional<ToDoubleFunction<float[]>> exact;

  Likelihoods(ImageModel model, INDArray parameters, int samples, Proposal proposal) {
    this.samples = samples;
    this.proposal = proposal;
    int block = Math.min(BLOCK, samples);
    proposer = Proposer.of(proposal, model, parameters);
    weights = new LogWeights(model, parameters, block, proposal.tails());
    tail = new TailSelection(samples, weights.areOfContinuousCodes());
    logWeight = new double[block];
    logLikelihood = new double[block];
    exact = model.model().logLikelihood(model.x(), parameters);
  }

  /** Whether it draws that many samples, from that. */
  boolean isOf(int otherSamples, Proposal otherProposal) {
    return samples == otherSamples && proposal.equals(otherProposal);
  }

  /**
   * The estimate for an image.
   *
   * @param image [values]
   * @param number that its noise is keyed by
   */
  LogLikelihood of(float[] image, long seed, long number) {
    long ofRefinement = Noise.key(seed, Noise.Purpose.REFINEMENT, STREAM, number);
    weights.image(image, proposer.propose(image, ofRefinement));
    tail.clear();
    long key = Noise.key(seed, Noise.Purpose.EVALUATION, STREAM, number);
    LogWeightSum all = block(key, 0);
    while (all.to() < samples) {
      all = all.plus(block(key, all.to()));
    }
    Reliability reliability = Reliability.of(tail.tail());
    return new LogLikelihood(
        all.logLikelihood(),
        all.standardError(reliability.unseenSquares()),
        all.effectiveSamples(),
        reliability.paretoK(),
        reliability.reliable() && Double.isFinite(all.logLikelihood()),
        exact
            .map(density -> OptionalDouble.of(density.applyAsDouble(image)))
            .orElseGet(OptionalDouble::empty));
  }

  private LogWeightSum block(long key, long from) {
    int count = (int) Math.min(logWeight.length, samples - from);
    weights.sample(key, from, count, logWeight, logLikelihood);
    tail.add(logWeight, count);
    return LogWeightSum.of(samples, from, count, logWeight, logLikelihood);
  }
}
