package org.sparkvae.job.checkpoint;

import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.storage.LockOwner;

/**
 * A directory that a stage's settings name for what it makes; open, it belongs to this job alone,
 * as a {@link RunDirectory} does. Other files in it are left as they are.
 */
public final class StageElsewhere implements AutoCloseable {
  private final LockedDirectory locked;
  private final StageDirectory directory;

  private StageElsewhere(LockedDirectory locked, StageDirectory directory) {
    this.locked = locked;
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
    return LockedDirectory.open(
        new LockedDirectory.Place(stage + ".directory", uri, hadoop),
        LockOwner.current(application),
        Clock.systemUTC(),
        (fileSystem, root) -> {},
        locked -> {
          StageDirectory directory = new StageDirectory(locked.named(), stage);
          directory.recover();
          return new StageElsewhere(locked, directory);
        });
  }

  public StageDirectory directory() {
    return directory;
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    locked.close();
  }
}
