package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file system like an object store: it renames a directory by copying file after file, in the
 * order of their names, and deletes one file by file, too. A file is renamed in one step.
 */
public class CopyingFileSystem extends FilterFileSystem {
  /** Over another one, which may die in the middle of a rename. */
  public CopyingFileSystem(FileSystem fileSystem) {
    super(fileSystem);
  }

  @Override
  public URI getUri() {
    return URI.create("copying:///");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (fs.getFileStatus(from).isFile()) {
      return fs.rename(from, to);
    }
    copy(from, to);
    return delete(from, true);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (recursive && fs.exists(path) && fs.getFileStatus(path).isDirectory()) {
      FileStatus[] entries = fs.listStatus(path);
      // The last one first: that what tells it whole goes last, if nobody takes care.
      Arrays.sort(entries, Comparator.comparing(FileStatus::getPath).reversed());
      for (FileStatus entry : entries) {
        delete(entry.getPath(), true);
      }
    }
    return fs.delete(path, recursive);
  }

  private void copy(Path from, Path to) throws IOException {
    fs.mkdirs(to);
    FileStatus[] entries = fs.listStatus(from);
    Arrays.sort(entries, Comparator.comparing(FileStatus::getPath));
    for (FileStatus entry : entries) {
      Path copy = new Path(to, entry.getPath().getName());
      if (entry.isDirectory()) {
        copy(entry.getPath(), copy);
      } else {
        try (InputStream in = fs.open(entry.getPath());
            FSDataOutputStream out = fs.create(copy, true)) {
          in.transferTo(out);
        }
      }
    }
  }
}
