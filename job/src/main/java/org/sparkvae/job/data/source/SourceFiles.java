package org.sparkvae.job.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.faults.ReadFailure;

/** Looks up the paths of sources, with one-line errors. */
public final class SourceFiles {
  private SourceFiles() {}

  /** What lies at a path. */
  public static FileStatus status(Configuration hadoop, String path) {
    try {
      Path location = new Path(path);
      FileSystem fileSystem = fileSystem(hadoop, location);
      try {
        return fileSystem.getFileStatus(location);
      } catch (FileNotFoundException e) {
        throw new DataException(whole(fileSystem, path) + ": does not exist; check the path", e);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  /** A file, not a folder. */
  public static FileStatus file(Configuration hadoop, String path) {
    FileStatus status = status(hadoop, path);
    if (status.isDirectory()) {
      throw new DataException(path + ": is a folder; name a file");
    }
    return status;
  }

  /** A relative path from where it was sought: a local one, or a URI. */
  private static String whole(FileSystem fileSystem, String path) {
    if (new Path(path).isAbsolute()) {
      return path;
    }
    Path whole = fileSystem.makeQualified(new Path(path));
    return whole.toUri().getScheme().equals("file") ? whole.toUri().getPath() : whole.toString();
  }

  /** The file system of a path. */
  public static FileSystem fileSystem(Configuration hadoop, Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }

  /** The error for a path that the store does not give. */
  public static DataException unreadable(String path, Exception cause) {
    return new DataException(
        path + ": cannot be read: " + ReadFailure.firstLine(cause) + "; mend the data or its store",
        cause);
  }
}
