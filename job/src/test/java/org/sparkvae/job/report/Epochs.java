package org.sparkvae.job.report;

import org.sparkvae.job.checkpoint.EpochRecord;

/** Epochs for the tests: 60,000 images in a given time. */
final class Epochs {
  private Epochs() {}

  static EpochRecord of(int epoch, double reconstruction, double kl, double validation) {
    return warming(epoch, reconstruction, kl, 1, validation);
  }

  /** With a weight of the KL term. */
  static EpochRecord warming(
      int epoch, double reconstruction, double kl, double klWeight, double validation) {
    double weighted = reconstruction - klWeight * kl;
    return new EpochRecord(
        epoch,
        reconstruction - kl,
        weighted,
        weighted * 60_000,
        reconstruction,
        kl,
        klWeight,
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
