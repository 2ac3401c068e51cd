package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;

/** One image and the sample blocks of it that one task computes; shipped to that task by Spark. */
final class ImageWork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageBlock image;
  private final int fromBlock;
  private final int toBlock;

  /**
   * @param image a block of one image
   * @param fromBlock the first sample block
   * @param toBlock the sample block after the last
   */
  ImageWork(ImageBlock image, int fromBlock, int toBlock) {
    this.image = image;
    this.fromBlock = fromBlock;
    this.toBlock = toBlock;
  }

  /** The image, alone in its block. */
  ImageBlock image() {
    return image;
  }

  /** The image's id. */
  long id() {
    return image.ids()[0];
  }

  /** The image's label, -1 for none. */
  int label() {
    return image.labels()[0];
  }

  /** How a person finds the image. */
  ImageName name() {
    return image.name(0);
  }

  /** The first sample block. */
  int fromBlock() {
    return fromBlock;
  }

  /** The sample block after the last. */
  int toBlock() {
    return toBlock;
  }
}
