package org.sparkvae.job.data;

import java.io.Serializable;

/**
 * How images are packed: so many a block, but no more than fit {@code mostBytes}.
 *
 * @param blockImages images per block, asked for
 * @param values bytes per image
 * @param mostBytes of pixels handled together; bounds a block, and what a task buffers
 */
record Packing(int blockImages, int values, int mostBytes) implements Serializable {
  private static final int USUAL_MOST_BYTES = 1 << 26;

  Packing(int blockImages, int values) {
    this(blockImages, values, USUAL_MOST_BYTES);
  }

  /** Images per block. */
  int block() {
    return Math.max(1, Math.min(blockImages, mostBytes / values));
  }

  /** Images per window: whole blocks that a task assembles together. */
  int window() {
    return block() * Math.max(1, mostBytes / (block() * values));
  }
}
