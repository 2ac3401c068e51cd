package org.sparkvae.job.train;

import org.sparkvae.job.data.shards.ImageSet;

/** Cuts the training images into shards, again and again. */
@FunctionalInterface
public interface Sharding {
  /**
   * The training images in the shards of one generation, the same whenever it is asked.
   *
   * @param generation 0 for the first shards, which stay the caller's; the trainer unpersists those
   *     of later ones
   */
  ImageSet generation(int generation);
}
