package org.sparkvae.job.train;

import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.job.train.worker.DivergedException;

/** Trains a network for one epoch after another; who averages, and how, is its own. */
sealed interface EpochRunner extends AutoCloseable permits AveragedEpochs, StockEpochs {
  /**
   * Trains for one epoch and leaves the result in the network.
   *
   * @throws DivergedException where the objective or a parameter is no finite number any more
   */
  EpochOutcome run(EpochPlan plan, ImageSet images);

  /** Frees what the executors keep. */
  @Override
  void close();
}
