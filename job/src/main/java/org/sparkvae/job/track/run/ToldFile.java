package org.sparkvae.job.track.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.report.summary.JsonText;
import org.sparkvae.job.track.Tracker;

/** {@code tracking.json} of a run directory: what each tracker was told, by its name. */
final class ToldFile {
  private final RunDirectory directory;
  private Map<String, Object> entries;

  ToldFile(RunDirectory directory) {
    this.directory = directory;
  }

  /** What a tracker was told before. */
  Optional<Told> of(Tracker tracker) throws IOException {
    if (entries == null) {
      entries =
          directory.text(RunDirectory.TRACKING).map(JsonText::read).orElse(new LinkedHashMap<>());
    }
    return Told.read(entries.get(tracker.name()), tracker);
  }

  /** Stores what a tracker was told. */
  void store(Tracker tracker, Told told) {
    entries.put(tracker.name(), told.entry());
    directory.writeText(RunDirectory.TRACKING, JsonText.of(entries));
  }
}
