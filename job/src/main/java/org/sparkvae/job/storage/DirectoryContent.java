package org.sparkvae.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Fills a directory. */
@FunctionalInterface
public interface DirectoryContent {
  /**
   * Writes everything, and last the file that says so: {@code _SUCCESS}, or a checkpoint's
   * manifest.
   *
   * @param directory where to; it does not exist yet
   * @throws IOException where it fails
   */
  void write(Path directory) throws IOException;
}
