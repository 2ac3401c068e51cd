package org.sparkvae.job.coverage;

import org.sparkvae.job.evaluate.scoring.ImageScore.LogLikelihood;

/**
 * An image's log p(x) in two evaluations.
 *
 * @param estimate whose error is in question
 * @param truth from more samples
 */
record Pair(LogLikelihood estimate, LogLikelihood truth) {
  /** How far the estimate lies above the truth, nats. */
  double difference() {
    return estimate.estimate() - truth.estimate();
  }

  /** Whether it lies within so many stated errors, which are those of both together. */
  boolean isWithin(double errors) {
    double error = Math.hypot(estimate.standardError(), truth.standardError());
    return Math.abs(difference()) <= errors * error;
  }

  /** Whether the estimate is called reliable. */
  boolean isReliable() {
    return isReliable(estimate);
  }

  /** Whether both are called reliable. */
  boolean areBothReliable() {
    return isReliable(estimate) && isReliable(truth);
  }

  private static boolean isReliable(LogLikelihood one) {
    return one.diagnosis() != null && one.diagnosis().reliable();
  }
}
