package org.sparkvae.job.train;

import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.train.rounds.RoundListener;

/** Hears of the rounds and epochs of a training, on the driver. */
public interface TrainingListener extends RoundListener {
  /** An epoch is done, with its validation. */
  void epoch(EpochRecord record, int epochs);

  /**
   * A mixture is fitted to the codes of what training has led to, after its epoch.
   *
   * @param course how that went, in a few words
   */
  default void codesFitted(String course) {}
}
