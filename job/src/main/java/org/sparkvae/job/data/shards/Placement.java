package org.sparkvae.job.data.shards;

import java.io.Serializable;

/** Where images go: the image at place q of n goes to shard q mod S, as its number q div S. */
@FunctionalInterface
public interface Placement extends Serializable {
  /** What {@link #place} returns for an image that is left out. */
  long LEFT_OUT = -1;

  /**
   * The place of an image in the new order, or {@link #LEFT_OUT}.
   *
   * @param partition that holds the image now
   * @param index of the image in it, over all its blocks
   */
  long place(int partition, long index);
}
