package org.sparkvae.job.data.source;

import java.io.Serializable;
import org.sparkvae.job.data.images.ImageBlock;

/** A block as a task read it, and what was met on the way. */
public final class SourceBlock implements Serializable {
  private final ImageBlock images;
  private final ReadTally tally;

  SourceBlock(ImageBlock images, ReadTally tally) {
    this.images = images;
    this.tally = tally;
  }

  public ImageBlock images() {
    return images;
  }

  public ReadTally tally() {
    return tally;
  }
}
