package org.sparkvae.job.checkpoint;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.sparkvae.job.fixtures.FaultyFileSystem;

/** A file system whose process is killed at a given change: that one and all later ones fail. */
final class DyingFileSystem extends FaultyFileSystem {
  private final int survived;
  private int changes;

  /** Dies at the change after {@code survived} ones. */
  DyingFileSystem(FileSystem fileSystem, int survived) {
    super(fileSystem);
    this.survived = survived;
  }

  /** Changes asked for so far. */
  int changes() {
    return changes;
  }

  @Override
  protected boolean failsAt(String change) {
    return changes++ >= survived;
  }

  @Override
  protected void fail(String change) throws IOException {
    throw new IOException("killed");
  }
}
