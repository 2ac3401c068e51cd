package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.SettingsException;

/**
 * A directory that a stage's settings name for what it makes; open, it belongs to this job alone,
 * as a {@link RunDirectory} does. Other files in it are left as they are.
 */
public final class StageElsewhere implements AutoCloseable {
  private final RunLock lock;
  private final StageDirectory directory;

  private StageElsewhere(RunLock lock, StageDirectory directory) {
    this.lock = lock;
    this.directory = directory;
  }

  /**
   * Opens the directory, making it where there is none, and clears up after a killed job.
   *
   * @param stage its name
   * @param uri any Hadoop URI
   * @param hadoop the file systems' settings
   * @param application Spark's application id
   * @throws SettingsException where it cannot be used: it is in use, or the file system refuses
   */
  public static StageElsewhere open(
      String stage, String uri, Configuration hadoop, String application) {
    String key = stage + ".directory";
    try {
      FileSystem fileSystem = RunDirectory.fileSystem(new Path(uri), hadoop);
      Path root = fileSystem.makeQualified(new Path(uri));
      if (!fileSystem.mkdirs(root)) {
        throw new IOException("the directory cannot be made");
      }
      LockOwner self = LockOwner.current(application);
      RunLock lock = RunLock.acquire(key, fileSystem, root, self, Clock.systemUTC());
      try {
        AtomicFiles files = new AtomicFiles(fileSystem, lock::requireHeld);
        StageDirectory directory = new StageDirectory(new NamedFiles(files, root), stage);
        directory.recover();
        return new StageElsewhere(lock, directory);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "%s %s cannot be used (%s): check the path and its permissions, or choose another"
              .formatted(key, uri, RunDirectory.firstLine(e)));
    }
  }

  public StageDirectory directory() {
    return directory;
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
