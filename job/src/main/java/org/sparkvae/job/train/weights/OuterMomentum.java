package org.sparkvae.job.train.weights;

import java.util.List;
import org.sparkvae.job.settings.TrainingSettings.Outer;

/**
 * A step of gradient descent with Nesterov's momentum that takes the averaged difference of a round
 * for the gradient: with x the parameters that the round started from and d = average - x, v := m v
 * + d and x := x + eta (m v + d). The optimiser's state is averaged plainly.
 *
 * <p>After Chen and Huo, "Scalable training of deep learning machines by incremental block training
 * with intra-block parallel optimization and blockwise model-update filtering", 2016, and Douillard
 * et al., "DiLoCo" (arXiv 2311.08105), algorithm 1. The velocity v starts from 0 in every epoch, so
 * that a checkpoint between epochs holds all there is.
 */
final class OuterMomentum implements AveragingRule {
  private final WeightedAverage plain = new WeightedAverage();
  private final float momentum;
  private final float learningRate;
  private Weights average;
  private float[] velocity;

  OuterMomentum(Outer settings) {
    momentum = (float) settings.momentum();
    learningRate = (float) settings.learningRate();
  }

  @Override
  public void prepare(Weights like) {
    if (average == null) {
      average = like.like();
      velocity = new float[like.parameters().length];
    }
  }

  @Override
  public void average(
      List<ShardWeights> results, Weights start, Weights next, int part, int parts) {
    plain.average(results, start, average, part, parts);
    PartRange slice = PartRange.of(velocity.length, part, parts);
    step(start.parameters(), next.parameters(), slice);
    PartRange state = PartRange.of(average.state().length, part, parts);
    System.arraycopy(average.state(), state.from(), next.state(), state.from(), state.count());
  }

  private void step(float[] start, float[] next, PartRange slice) {
    float[] target = average.parameters();
    for (int i = slice.from(); i < slice.to(); i++) {
      float difference = target[i] - start[i];
      float v = momentum * velocity[i] + difference;
      velocity[i] = v;
      next[i] = start[i] + learningRate * (momentum * v + difference);
    }
  }
}
