package org.sparkvae.job.train.weights;

import java.util.List;
import org.sparkvae.job.settings.TrainingSettings.Outer;

/** Makes of a round's results the weights that the next round starts from; for one epoch. */
public sealed interface AveragingRule permits WeightedAverage, OuterMomentum {
  /** The averaging that the settings ask for, at the start of an epoch. */
  static AveragingRule of(Outer outer) {
    return outer.isPlainAverage() ? new WeightedAverage() : new OuterMomentum(outer);
  }

  /**
   * Sets a part of the values, so that several threads can share the work; each part is set once a
   * round, after {@link #prepare}.
   *
   * @param results in the order of the shards, at least one; of the same lengths as {@code next}
   * @param start what the round started from
   * @param next to be set; may be {@code start}
   * @param part from 0
   * @param parts how many there are
   */
  void average(List<ShardWeights> results, Weights start, Weights next, int part, int parts);

  /** Makes room for weights of these lengths, before the parts of the first round. */
  void prepare(Weights like);

  /** The weights as arrays of their own. */
  default Weights average(List<ShardWeights> results, Weights start) {
    Weights next = start.like();
    prepare(start);
    average(results, start, next, 0, 1);
    return next;
  }
}
