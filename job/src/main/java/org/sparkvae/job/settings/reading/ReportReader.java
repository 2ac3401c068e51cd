package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.job.settings.ReportSettings;
import org.sparkvae.job.settings.ReportSettings.Progress;

/** Reads the block {@code report}. */
final class ReportReader {
  private ReportReader() {}

  static ReportSettings read(Keys keys) {
    return new ReportSettings(
        keys.flag("pictures"),
        keys.flag("html"),
        keys.flag("csv"),
        keys.choice("progress", List.of(Progress.values())));
  }
}
