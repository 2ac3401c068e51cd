package org.sparkvae.job.train;

import org.sparkvae.job.checkpoint.EpochRecord;

/** Hears of training's progress, on the driver. */
public interface TrainingListener {
  /** A round of an epoch is done; both counts from 1. */
  void round(int epoch, int epochs, int round, int rounds);

  /** An epoch is done, with its validation. */
  void epoch(EpochRecord record, int epochs);
}
