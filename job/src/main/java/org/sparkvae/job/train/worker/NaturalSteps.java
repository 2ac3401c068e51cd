package org.sparkvae.job.train.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.curvature.Factors;
import org.sparkvae.curvature.Scores;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.vae.ImageModel;

/**
 * What a worker does for natural gradients beside its steps: it keeps the factors of the Fisher
 * information in the optimiser's state, which is averaged as all of it, and inverts them where a
 * round begins.
 */
final class NaturalSteps {
  private final ImageModel model;
  private final INDArray parameters;
  private final Factors factors;
  private final Map<Integer, Scores> bySize = new HashMap<>();

  private NaturalSteps(ImageModel model, INDArray parameters, Factors factors) {
    this.model = model;
    this.parameters = parameters;
    this.factors = factors;
  }

  /** Those of a worker; empty where its optimiser takes other steps. */
  static Optional<NaturalSteps> of(
      WorkerSpec spec, INDArray parameters, INDArray gradient, INDArray state) {
    return spec.optimiser() instanceof NaturalGradient how
        ? Optional.of(
            new NaturalSteps(
                spec.model(),
                parameters,
                new Factors(spec.model(), how, spec.objective().trainingImages(), gradient, state)))
        : Optional.empty();
  }

  /** A round begins; false where the information of a layer cannot be inverted. */
  boolean begin(long stepsBefore) {
    try {
      factors.begin(stepsBefore);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** What a shard came to where the information of a layer cannot be inverted. */
  static ShardRound.Diverged singular(int shard, int step) {
    return new ShardRound.Diverged(
        shard,
        step,
        "the Fisher information of a layer cannot be inverted",
        "raise training.optimiser.damping, or lower training.optimiser.learning-rate");
  }

  /**
   * A step is about to be taken, from 1, on so many images that were taken; false where the
   * information of a layer cannot be inverted.
   */
  boolean before(long step, int size, MinibatchImages minibatch) {
    if (factors.takes(step)) {
      Scores scores = bySize.computeIfAbsent(size, n -> new Scores(model, n, parameters));
      minibatch.fill(scores, 0);
      scores.compute();
      try {
        factors.add(scores);
      } catch (IllegalStateException e) {
        return false;
      }
    }
    return true;
  }

  /** The gradient becomes the natural one. */
  void precondition(double learningRate) {
    factors.precondition(learningRate);
  }
}
