package org.sparkvae.job.train.rounds;

import java.util.Locale;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.train.weights.Weights;

/**
 * What the driver holds when a round's results have come in.
 *
 * @param shards that send theirs
 * @param bytes of the parameters and optimiser state of one
 */
record CollectedWeights(int shards, long bytes) {
  private static final double MIB = 1 << 20;

  static CollectedWeights of(int shards, Weights weights) {
    return new CollectedWeights(shards, weights.bytes());
  }

  /**
   * Refuses what no driver of that heap can hold, before it fails in the first round.
   *
   * @param heap bytes
   * @throws SettingsException where the heap is smaller than the results
   */
  void checkFit(long heap) {
    double results = (double) shards * bytes;
    if (results > heap) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "data.shards = %d: a round brings %,.0f MiB of weights to the driver, %,.1f from each shard,"
                  + " and its heap has %,.0f MiB: give it more (--driver-memory), or set data.shards lower",
              shards,
              results / MIB,
              bytes / MIB,
              heap / MIB));
    }
  }
}
