package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.storage.AtomicFiles;
import org.sparkvae.job.storage.LockOwner;
import org.sparkvae.job.storage.NamedFiles;
import org.sparkvae.job.storage.RunLock;

/**
 * A directory that a setting names and that belongs to this job alone until it is closed.
 *
 * @param lock by which it does
 * @param named what is in it
 */
record LockedDirectory(RunLock lock, NamedFiles named) implements AutoCloseable {
  /**
   * Where a directory is.
   *
   * @param key the setting that names it
   * @param uri any Hadoop URI
   * @param hadoop the file systems' settings
   */
  record Place(String key, String uri, Configuration hadoop) {}

  /** Looks at a directory that other jobs may hold. */
  @FunctionalInterface
  interface Look {
    /**
     * Looks at it.
     *
     * @throws SettingsException where it is not to be used
     */
    void at(FileSystem fileSystem, Path root) throws IOException;
  }

  /**
   * Makes use of a directory.
   *
   * @param <T> what it is made into
   */
  @FunctionalInterface
  interface Use<T> {
    /** Clears up after a killed job; where it throws, the directory is given back. */
    T of(LockedDirectory directory) throws IOException;
  }

  /**
   * Opens a directory, making it where there is none.
   *
   * @param look comes before the lock
   * @throws SettingsException where it cannot be used: it is in use, one of both says so, or the
   *     file system refuses
   */
  static <T> T open(Place place, LockOwner self, Clock clock, Look look, Use<T> use) {
    try {
      FileSystem fileSystem = RunDirectory.fileSystem(new Path(place.uri()), place.hadoop());
      Path root = fileSystem.makeQualified(new Path(place.uri()));
      if (!fileSystem.mkdirs(root)) {
        throw new IOException("the directory cannot be made");
      }
      look.at(fileSystem, root);
      RunLock lock = RunLock.acquire(place.key(), fileSystem, root, self, clock);
      try {
        AtomicFiles files = new AtomicFiles(fileSystem, lock::requireHeld);
        return use.of(new LockedDirectory(lock, new NamedFiles(files, root)));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "%s %s cannot be used (%s): check the path and its permissions, or choose another"
              .formatted(place.key(), place.uri(), RunDirectory.firstLine(e)));
    }
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
