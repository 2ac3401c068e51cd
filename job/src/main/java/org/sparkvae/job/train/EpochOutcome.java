package org.sparkvae.job.train;

import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.rounds.RoundSums;
import org.sparkvae.job.train.rounds.RoundTimes;
import org.sparkvae.vae.ObjectiveValue;

/**
 * What training for an epoch did, beside changing the network.
 *
 * @param rounds what they add up to
 * @param seconds wall time
 */
record EpochOutcome(RoundSums rounds, double seconds) {
  /**
   * The epoch's row.
   *
   * @param trainingImages N
   * @param logPrior log p(theta) after the epoch, nats
   * @param validationBound nats per image, or NaN
   */
  EpochRecord record(EpochPlan plan, long trainingImages, double logPrior, double validationBound) {
    ObjectiveValue sums = rounds.value();
    RoundTimes times = rounds.times();
    double images = sums.images();
    double weighted = sums.weighted() / images;
    return new EpochRecord(
        plan.epoch(),
        sums.bound() / images,
        weighted,
        trainingImages * weighted + logPrior,
        sums.reconstruction() / images,
        sums.kl() / images,
        plan.klWeight(),
        plan.learningRate(),
        validationBound,
        sums.images(),
        rounds.steps(),
        rounds.rounds(),
        seconds,
        times.schedule(),
        times.compute(),
        times.aggregate());
  }
}
