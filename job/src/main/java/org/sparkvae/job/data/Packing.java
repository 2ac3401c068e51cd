package org.sparkvae.job.data;

import java.io.Serializable;

/**
 * How images are packed: so many a block, but no more than fit {@code mostBytes}, with or without
 * their names.
 *
 * @param blockImages images per block, asked for
 * @param values bytes per image
 * @param mostBytes of pixels handled together; bounds a block, and what a task buffers
 * @param names whether images keep theirs
 */
record Packing(int blockImages, int values, int mostBytes, Names names) implements Serializable {
  private static final int USUAL_MOST_BYTES = 1 << 26;

  /** What becomes of the images' names, which take far more room than small images. */
  enum Names {
    /** They are kept, for results that name images. */
    KEPT,
    /** They are left out. */
    LEFT_OUT
  }

  Packing(int blockImages, int values) {
    this(blockImages, values, USUAL_MOST_BYTES);
  }

  Packing(int blockImages, int values, int mostBytes) {
    this(blockImages, values, mostBytes, Names.LEFT_OUT);
  }

  /** The same, with or without names. */
  Packing with(Names others) {
    return new Packing(blockImages, values, mostBytes, others);
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
