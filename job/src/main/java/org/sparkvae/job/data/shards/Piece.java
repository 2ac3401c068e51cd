package org.sparkvae.job.data.shards;

import java.io.Serializable;
import org.sparkvae.job.data.images.ImageBlock;

/** Images on their way to one window of one shard, packed together. */
final class Piece implements Serializable {
  private final int[] slots;
  private final ImageBlock images;

  /**
   * Takes the arrays without a copy.
   *
   * @param slots one per image, its number in the window
   * @param images in the same order
   */
  Piece(int[] slots, ImageBlock images) {
    this.slots = slots;
    this.images = images;
  }

  int[] slots() {
    return slots;
  }

  ImageBlock images() {
    return images;
  }
}
