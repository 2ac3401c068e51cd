package org.sparkvae.job.train.rounds;

import java.util.List;
import org.sparkvae.job.train.worker.ShardRound;
import org.sparkvae.vae.ObjectiveValue;

/**
 * What rounds add up to.
 *
 * @param value over the images; each step's bound before it was taken
 * @param steps minibatch steps of all workers
 * @param rounds how many
 * @param times the parts of the rounds
 */
public record RoundSums(ObjectiveValue value, long steps, int rounds, RoundTimes times) {
  /** No round yet. */
  static final RoundSums ZERO = new RoundSums(ObjectiveValue.ZERO, 0, 0, RoundTimes.ZERO);

  /**
   * With one more round.
   *
   * @param results of its shards, in their order
   */
  RoundSums plus(List<ShardRound.Trained> results, RoundTimes time) {
    ObjectiveValue sum = value;
    long taken = steps;
    for (ShardRound.Trained result : results) {
      sum = sum.plus(result.sums());
      taken += result.steps();
    }
    return new RoundSums(sum, taken, rounds + 1, times.plus(time));
  }
}
