package org.sparkvae.job.report;

import org.sparkvae.job.checkpoint.EpochRecord;

/** Epochs for the tests: 60,000 images in a given time. */
final class Epochs {
  private Epochs() {}

  static EpochRecord of(int epoch, double reconstruction, double kl, double validation) {
    double bound = reconstruction - kl;
    return new EpochRecord(
        epoch,
        bound,
        bound * 60_000,
        reconstruction,
        kl,
        1,
        1e-3,
        validation,
        60_000,
        600,
        60,
        1.5,
        0.1,
        1.3,
        0.1);
  }
}
