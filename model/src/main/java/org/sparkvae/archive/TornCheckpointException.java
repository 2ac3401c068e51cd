package org.sparkvae.archive;

import java.io.IOException;

/** A checkpoint is not whole. */
public final class TornCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says so in a line.
   *
   * @param file with its path, as a person finds it
   * @param fault what is wrong with it, "is missing"
   */
  public TornCheckpointException(String file, String fault) {
    super("checkpoint file " + file + " " + fault);
  }
}
