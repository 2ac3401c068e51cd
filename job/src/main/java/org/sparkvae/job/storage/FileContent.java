package org.sparkvae.job.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Fills a file. */
@FunctionalInterface
public interface FileContent {
  /**
   * Writes everything; need not close the stream.
   *
   * @throws IOException where it fails; the file that was there before stays
   */
  void write(OutputStream out) throws IOException;
}
