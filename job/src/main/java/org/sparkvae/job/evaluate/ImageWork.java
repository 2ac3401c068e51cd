package org.sparkvae.job.evaluate;

import java.io.Serializable;

/** One image and the sample blocks of it that one task computes; shipped to that task by Spark. */
final class ImageWork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final int label;
  private final byte[] pixels;
  private final int fromBlock;
  private final int toBlock;

  ImageWork(long id, int label, byte[] pixels, int fromBlock, int toBlock) {
    this.id = id;
    this.label = label;
    this.pixels = pixels;
    this.fromBlock = fromBlock;
    this.toBlock = toBlock;
  }

  long id() {
    return id;
  }

  int label() {
    return label;
  }

  /** The image, unsigned, not a copy. */
  byte[] pixels() {
    return pixels;
  }

  int fromBlock() {
    return fromBlock;
  }

  /** The block after the last. */
  int toBlock() {
    return toBlock;
  }
}
