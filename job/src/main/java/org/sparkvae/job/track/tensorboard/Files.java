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
  static final String IN_THE_RUN = ".";

  /** Refuses what is no place. */
  public Files {
    if (directory.isBlank()) {
      throw new IllegalArgumentException(
          "directory is not set; name one, or \".\" for tensorboard/ in the run directory");
    }
    try {
      new Path(directory);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "directory is no path that Hadoop reads (%s)".formatted(e.getMessage()), e);
    }
  }

  @Override
  public Optional<Tracker> tracker(Path inRun, Configuration hadoop) {
    Path place = directory.equals(IN_THE_RUN) ? inRun : new Path(directory);
    return Optional.of(new EventTracker(place, hadoop));
  }
}
