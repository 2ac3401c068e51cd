package org.sparkvae.job.train.rounds;

import java.util.List;
import org.sparkvae.job.train.worker.ShardRound;

/**
 * Where the time of rounds went, seconds; they add up over rounds.
 *
 * @param schedule between a round's submission and the first step of a task; of an epoch whose
 *     rounds are one job, all that is outside of them
 * @param compute in the steps of the slowest task
 * @param aggregate from the last step of a task to the averaged parameters
 */
public record RoundTimes(double schedule, double compute, double aggregate) {
  /** Nothing yet. */
  public static final RoundTimes ZERO = new RoundTimes(0, 0, 0);

  /**
   * Of one round. Starts are told by the executors' clocks, so a part is as good as these agree
   * with the driver's, and never below zero.
   *
   * @param submittedMillis epoch time
   * @param averagedMillis epoch time
   */
  static RoundTimes of(long submittedMillis, List<ShardRound.Trained> tasks, long averagedMillis) {
    long firstStart = Long.MAX_VALUE;
    double lastEnd = 0;
    double slowest = 0;
    for (ShardRound.Trained task : tasks) {
      firstStart = Math.min(firstStart, task.startMillis());
      lastEnd = Math.max(lastEnd, task.startMillis() / 1e3 + task.seconds());
      slowest = Math.max(slowest, task.seconds());
    }
    return new RoundTimes(
        Math.max(0, (firstStart - submittedMillis) / 1e3),
        slowest,
        Math.max(0, averagedMillis / 1e3 - lastEnd));
  }

  RoundTimes plus(RoundTimes other) {
    return new RoundTimes(
        schedule + other.schedule, compute + other.compute, aggregate + other.aggregate);
  }
}
