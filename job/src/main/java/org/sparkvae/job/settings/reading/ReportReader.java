package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.job.settings.ReportSettings.Progress;
import org.sparkvae.job.settings.TrackingSettings;
import org.sparkvae.job.track.mlflow.Mlflow;
import org.sparkvae.job.track.tensorboard.Tensorboard;
import org.sparkvae.kinds.Kinds;

/** Reads what is told of a run, and to whom: the blocks {@code report} and {@code tracking}. */
final class ReportReader {
  private ReportReader() {}

  static ReportSettings read(Keys keys) {
    return new ReportSettings(
        keys.flag("pictures"),
        keys.flag("html"),
        keys.flag("csv"),
        keys.choice("progress", List.of(Progress.values())));
  }

  static TrackingSettings tracking(Keys keys) {
    return new TrackingSettings(
        Kinds.read(Mlflow.class, new Block(keys.at("mlflow"))),
        Kinds.read(Tensorboard.class, new Block(keys.at("tensorboard"))));
  }
}
