package org.sparkvae.job.checkpoint;

import java.io.Serializable;

/**
 * What one epoch did; a row of {@code epochs.parquet}. Nats, images, seconds.
 *
 * @param epoch from 1
 * @param bound mean bound per training image, by the parameters before each step; NaN where an
 *     earlier version stored only the weighted objective, and it does not follow from the rest
 * @param weightedObjective mean per image of what was optimised: the bound with {@code klWeight},
 *     which is no bound where that is not 1
 * @param objective J: N times the weighted objective, plus the log prior of the weights
 * @param reconstruction mean E_q[log p(x|z)] per image
 * @param kl mean KL per image
 * @param klWeight weight of the KL term in this epoch
 * @param learningRate in this epoch
 * @param validationBound mean validation bound per image, NaN where none was computed
 * @param images processed
 * @param steps minibatch steps taken by all workers
 * @param rounds averaging rounds
 * @param seconds wall time of training, without validation and checkpoint
 * @param scheduleSeconds of these, before the first step of each round, or outside of all rounds
 * @param computeSeconds of these, in the steps of the slowest task of each round
 * @param aggregateSeconds of these, from the last step of each round to the averaged parameters
 */
public record EpochRecord(
    int epoch,
    double bound,
    double weightedObjective,
    double objective,
    double reconstruction,
    double kl,
    double klWeight,
    double learningRate,
    double validationBound,
    long images,
    long steps,
    int rounds,
    double seconds,
    double scheduleSeconds,
    double computeSeconds,
    double aggregateSeconds)
    implements Serializable {
  /** Training speed. */
  public double imagesPerSecond() {
    return images / seconds;
  }
}
