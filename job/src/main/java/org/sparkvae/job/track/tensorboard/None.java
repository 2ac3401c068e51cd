package org.sparkvae.job.track.tensorboard;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.track.Tracker;

/** No event files. */
public record None() implements Tensorboard {
  @Override
  public Optional<Tracker> tracker(Path inRun, Configuration hadoop) {
    return Optional.empty();
  }
}
