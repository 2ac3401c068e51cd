package org.sparkvae.job.train;

import org.sparkvae.job.data.shards.ImageSet;

/** The training set of each epoch; images change shards every so many epochs. */
final class ShardGenerations implements AutoCloseable {
  private final Sharding sharding;
  private final int every;
  private int generation;
  private ImageSet current;

  /**
   * Starts with the first shards.
   *
   * @param every epochs between two changes; 0 for never
   */
  ShardGenerations(Sharding sharding, int every) {
    this.sharding = sharding;
    this.every = every;
    this.current = sharding.generation(0);
  }

  /** The shards of an epoch, from 1. */
  ImageSet epoch(int epoch) {
    int wanted = every == 0 ? 0 : (epoch - 1) / every;
    if (wanted != generation) {
      ImageSet next = sharding.generation(wanted);
      close();
      current = next;
      generation = wanted;
    }
    return current;
  }

  /** Unpersists what is not the caller's. */
  @Override
  public void close() {
    if (generation > 0) {
      current.unpersist();
    }
  }
}
