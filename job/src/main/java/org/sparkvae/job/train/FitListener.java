package org.sparkvae.job.train;

import org.sparkvae.job.checkpoint.EpochRecord;

/** Hears of a fit, on the driver. */
public interface FitListener {
  /**
   * The parameters are found.
   *
   * @param course how that went, in a few words
   */
  void fitted(String course);

  /** All of it is done, with the validation. */
  void epoch(EpochRecord record, int epochs);
}
