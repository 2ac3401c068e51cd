package org.sparkvae.job.checkpoint;

import java.util.List;
import java.util.Optional;

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

  /**
   * The epoch whose network is the outcome where that is not the last one's.
   *
   * @param patience of training; where it is 0, the last network is the outcome
   */
  public Optional<Integer> bestEpoch(int patience) {
    boolean earlier = patience > 0 && bestEpoch > 0 && bestEpoch != epoch;
    return earlier ? Optional.of(bestEpoch) : Optional.empty();
  }
}
