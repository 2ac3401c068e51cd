package org.sparkvae.job.track.tensorboard;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.track.Tracker;

/** Whether event files for TensorBoard are written; a kind's components are its settings. */
public sealed interface Tensorboard permits None, Files {
  /**
   * Who writes them.
   *
   * @param inRun where they go unless the settings name another place
   * @param hadoop the file systems' settings
   * @return none where nobody does
   */
  Optional<Tracker> tracker(Path inRun, Configuration hadoop);
}
