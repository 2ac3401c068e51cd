package org.sparkvae.job.train.rounds;

import java.io.Serializable;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.train.worker.Round;

/**
 * How an epoch is cut into rounds.
 *
 * @param epoch what is trained
 * @param every minibatch steps of each worker in a round
 * @param outer step on what is averaged
 * @param stepsBefore steps that were taken before the epoch, along one worker's sequence
 */
public record RoundPlan(EpochPlan epoch, int every, Outer outer, long stepsBefore)
    implements Serializable {
  /** How many rounds the minibatches of the largest shard take. */
  int rounds(int minibatches) {
    return (int) (((long) minibatches + every - 1) / every);
  }

  /** A round, from 1. */
  Round round(int number) {
    int first = Math.multiplyExact(number - 1, every);
    return new Round(
        epoch.epoch(),
        number,
        first,
        every,
        stepsBefore + first,
        epoch.learningRate(),
        epoch.klWeight());
  }
}
