package org.sparkvae.job.track.tensorboard;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.track.Tracker;
import org.sparkvae.kinds.Setting;

/**
 * Event files, a scalar a measure and epoch, and the pictures.
 *
 * @param directory where they go
 */
public record Files(
    @Setting(
            says =
                "Where the event files go, any Hadoop URI; \".\" for tensorboard/ in the run directory.",
            otherwise = Files.IN_THE_RUN)
        String directory)
    implements Tensorboard {
  /** The directory of event files in that of a run. */
  public static final String NAME = "tensorboard";

  static final String IN_THE_RUN = ".";

  /** Refuses no place at all. */
  public Files {
    if (directory.isBlank()) {
      throw new IllegalArgumentException(
          "directory is not set; name one, or \".\" for tensorboard/ in the run directory");
    }
  }

  @Override
  public Optional<Tracker> tracker(Path runDirectory, Configuration hadoop) {
    Path place = directory.equals(IN_THE_RUN) ? new Path(runDirectory, NAME) : new Path(directory);
    return Optional.of(new EventTracker(place, hadoop));
  }
}
