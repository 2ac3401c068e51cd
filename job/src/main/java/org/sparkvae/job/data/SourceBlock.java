package org.sparkvae.job.data;

import java.io.Serializable;

/** A block as a task read it, and what was met on the way. */
final class SourceBlock implements Serializable {
  private final ImageBlock images;
  private final ReadTally tally;

  SourceBlock(ImageBlock images, ReadTally tally) {
    this.images = images;
    this.tally = tally;
  }

  ImageBlock images() {
    return images;
  }

  ReadTally tally() {
    return tally;
  }
}
