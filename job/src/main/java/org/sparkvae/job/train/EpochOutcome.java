package org.sparkvae.job.train;

import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.vae.ObjectiveValue;

/**
 * What training for an epoch did, beside changing the network.
 *
 * @param sums over the epoch's images
 * @param steps minibatch steps of all workers
 * @param rounds averaging rounds
 * @param seconds wall time
 * @param times the parts of the rounds, summed
 */
record EpochOutcome(ObjectiveValue sums, long steps, int rounds, double seconds, RoundTimes times) {
  /**
   * The epoch's row.
   *
   * @param trainingImages N
   * @param logPrior log p(theta) after the epoch, nats
   * @param validationBound nats per image, or NaN
   */
  EpochRecord record(EpochPlan plan, long trainingImages, double logPrior, double validationBound) {
    double images = sums.images();
    double bound = sums.bound() / images;
    return new EpochRecord(
        plan.epoch(),
        bound,
        trainingImages * bound + logPrior,
        sums.reconstruction() / images,
        sums.kl() / images,
        plan.klWeight(),
        plan.learningRate(),
        validationBound,
        sums.images(),
        steps,
        rounds,
        seconds,
        times.schedule(),
        times.compute(),
        times.aggregate());
  }
}
