package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Directories that are written in their place, for file systems that rename a directory file by
 * file, as object stores do: one is whole where it has its marker, which is written last and
 * deleted first. What stood in the place is gone before the new one is whole.
 */
record MarkedDirectories(FileSystem fileSystem, AtomicFiles.Guard guard)
    implements DirectoryPlacing {
  /** Spark's, of a table, and that of a checkpoint. */
  private static final List<String> MARKERS = List.of("_SUCCESS", Manifest.NAME);

  @Override
  public void write(Path target, DirectoryContent content) throws IOException {
    delete(target);
    fileSystem.mkdirs(target.getParent());
    content.write(target);
    guard.check();
  }

  @Override
  public void delete(Path path) throws IOException {
    guard.check();
    for (String marker : MARKERS) {
      fileSystem.delete(new Path(path, marker), false);
    }
    fileSystem.delete(path, true);
  }
}
