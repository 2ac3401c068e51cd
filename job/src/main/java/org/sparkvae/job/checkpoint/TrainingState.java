package org.sparkvae.job.checkpoint;

import java.util.List;

/**
 * Where training stands after an epoch: all that resuming needs beside the network.
 *
 * @param epoch the last epoch done
 * @param step optimiser steps done by each worker, from the start
 * @param seed of the run
 * @param history a record an epoch, from the first
 * @param bestEpoch the epoch with the best validation bound; 0 where none was computed
 * @param bestValidation its mean validation bound per image, nats; -infinity where none
 * @param validationsWithoutGain validations since the best
 */
public record TrainingState(
    int epoch,
    long step,
    long seed,
    List<EpochRecord> history,
    int bestEpoch,
    double bestValidation,
    int validationsWithoutGain) {
  /** Makes the history immutable. */
  public TrainingState {
    history = List.copyOf(history);
  }
}
