package org.sparkvae.task;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.objective.LargestSample;
import org.sparkvae.step.Player;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * A bound is maximised by all parameters of a model.
 *
 * @param objective what is maximised
 */
public record Maximise(ImageModel model, ObjectiveSpec objective) implements Task {
  @Override
  public ParameterLayout layout() {
    return model.layout(objective);
  }

  @Override
  public List<? extends Player> players(int images, INDArray parameters, INDArray gradient) {
    boolean ofOne = Double.isInfinite(objective.bound().power()) && model.isTheSameInTraining();
    return List.of(
        ofOne
            ? new LargestSample(model, objective, images, parameters, gradient)
            : new Objective(model, objective, images, parameters, gradient));
  }
}
