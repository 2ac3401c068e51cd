package org.sparkvae.job.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How directories get to their place whole, and leave it, on a kind of file system. */
interface DirectoryPlacing {
  /** Writes a directory, in place of the one that is there, if any. */
  void write(Path target, DirectoryContent content) throws IOException;

  /** Moves a directory, in place of the one that is there, if any; it is whole in one of both. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file, or a directory as a whole, if it is there. */
  void delete(Path path) throws IOException;

  /** The one for a file system; the careful one where its rename is not known to be atomic. */
  static DirectoryPlacing on(FileSystem fileSystem, AtomicFiles.Guard guard) {
    boolean atomic = Set.of("file", "hdfs", "webhdfs", "swebhdfs").contains(scheme(fileSystem));
    return atomic
        ? new RenamedDirectories(fileSystem, guard)
        : new MarkedDirectories(fileSystem, guard);
  }

  private static String scheme(FileSystem fileSystem) {
    return fileSystem.getUri().getScheme();
  }
}
