package org.sparkvae.job.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTimes;
import org.sparkvae.job.checkpoint.EpochWork;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.rounds.RoundSums;
import org.sparkvae.job.train.rounds.RoundTimes;
import org.sparkvae.step.Measures;
import org.sparkvae.vae.Objective;

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
   * @param klWeight of the KL term in what was optimised
   * @param trainingImages N
   * @param logPrior log p(theta) after the epoch, nats
   * @param validationBound nats per image, or NaN
   */
  EpochRecord record(
      EpochPlan plan,
      double klWeight,
      long trainingImages,
      double logPrior,
      double validationBound) {
    Measures sums = rounds.value();
    Map<String, Double> measures = new LinkedHashMap<>();
    sums.told()
        .forEach(
            (name, value) -> {
              measures.put(name, value);
              if (name.equals(Objective.WEIGHTED.name())) {
                measures.put(EpochRecord.OBJECTIVE, trainingImages * value + logPrior);
              }
            });
    RoundTimes times = rounds.times();
    return new EpochRecord(
        plan.epoch(),
        measures,
        klWeight,
        plan.settings().learningRate(),
        validationBound,
        new EpochWork(sums.images(), rounds.steps(), rounds.rounds()),
        new EpochTimes(seconds, times.schedule(), times.compute(), times.aggregate()));
  }
}
