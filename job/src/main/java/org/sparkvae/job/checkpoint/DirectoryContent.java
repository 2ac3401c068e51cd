package org.sparkvae.job.checkpoint;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Fills a directory. */
@FunctionalInterface
public interface DirectoryContent {
  /**
   * Writes everything.
   *
   * @param directory where to; it does not exist yet
   * @throws IOException where it fails; the directory that was there before stays
   */
  void write(Path directory) throws IOException;
}
