package org.sparkvae.job.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Directories that are written beside their place and renamed into it, in one step. */
record RenamedDirectories(FileSystem fileSystem, AtomicFiles.Guard guard)
    implements DirectoryPlacing {

  @Override
  public void write(Path target, DirectoryContent content) throws IOException {
    guard.check();
    Path temporary = AtomicFiles.temporary(target);
    fileSystem.delete(temporary, true);
    fileSystem.mkdirs(target.getParent());
    content.write(temporary);
    guard.check();
    AtomicFiles.publish(fileSystem, temporary, target);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    delete(to);
    fileSystem.mkdirs(to.getParent());
    guard.check();
    AtomicFiles.rename(fileSystem, from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    guard.check();
    Path temporary = AtomicFiles.temporary(path);
    fileSystem.delete(temporary, true);
    if (fileSystem.exists(path)) {
      AtomicFiles.rename(fileSystem, path, temporary);
      fileSystem.delete(temporary, true);
    }
  }
}
