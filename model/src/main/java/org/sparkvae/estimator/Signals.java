package org.sparkvae.estimator;

import java.util.List;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** By how much each sample is better than was to be expected: what its score is weighted by. */
interface Signals {
  /** As {@link Estimation#beside}. */
  default void beside(Recorder recorder, Shape shape, Matrix images) {}

  /** What it has recorded; {@link #of} sets their gradients. */
  default List<Rows> rows() {
    return List.of();
  }

  /**
   * The signal of each sample, nats, [samples * images].
   *
   * @param logWeights [samples * images], nats
   * @param byLogWeight the derivative of the loss by each log-weight
   */
  double[] of(double[] logWeights, double[] byLogWeight);
}
