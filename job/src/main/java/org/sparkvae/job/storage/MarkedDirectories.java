package org.sparkvae.job.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.sparkvae.archive.Manifest;

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
  public void move(Path from, Path to) throws IOException {
    delete(to);
    fileSystem.mkdirs(to);
    List<Path> last = new ArrayList<>();
    for (FileStatus entry : fileSystem.listStatus(from)) {
      if (MARKERS.contains(entry.getPath().getName())) {
        last.add(entry.getPath());
      } else {
        copy(entry.getPath(), to);
      }
    }
    for (Path marker : last) {
      copy(marker, to);
    }
    delete(from);
  }

  private void copy(Path from, Path into) throws IOException {
    guard.check();
    Path to = new Path(into, from.getName());
    FileUtil.copy(fileSystem, from, fileSystem, to, false, true, fileSystem.getConf());
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
