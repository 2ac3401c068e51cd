package org.sparkvae.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.optimiser.Steps;

/**
 * Turns a gradient into the update that Deeplearning4j then subtracts from the parameters.
 *
 * <p>{@link Optimiser} steps from parameters of zero, which leaves the negated update. For Adam the
 * parameters end with the same bits as if it had stepped from them; for gradient descent they may
 * differ in rounding, where its kernel fuses the product with the difference.
 */
final class VaeGradientUpdater implements GradientUpdater<VaeUpdater> {
  static final String STATE = "state";

  private final VaeUpdater config;
  private INDArray state;
  private INDArray negatedUpdate;

  VaeGradientUpdater(VaeUpdater config, INDArray state) {
    this.config = config;
    this.state = state;
  }

  @Override
  public VaeUpdater getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> states, boolean initialise) {
    setStateViewArray(states.get(STATE), null, 'c', initialise);
  }

  @Override
  public Map<String, INDArray> getState() {
    return state == null ? Map.of() : Map.of(STATE, state);
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialise) {
    state = view;
    if (initialise && view != null) {
      view.assign(0);
    }
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    if (config.optimiser() instanceof NaturalGradient) {
      throw new UnsupportedOperationException(
          "Deeplearning4j's fit computes no Fisher information: train by the job's own averaging");
    }
    if (negatedUpdate == null) {
      // Lives as long as this updater, hence outside the caller's workspace.
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        negatedUpdate = Nd4j.create(gradient.dataType(), gradient.length());
      }
    }
    negatedUpdate.assign(0);
    new Steps(config.optimiser(), config.trainingImages(), negatedUpdate, gradient, state)
        .take(config.getLearningRate(iteration, epoch), iteration + 1L);
    gradient.reshape(gradient.length()).assign(negatedUpdate).negi();
  }
}
