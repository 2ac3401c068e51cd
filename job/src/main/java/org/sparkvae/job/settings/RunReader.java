package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.job.settings.RunSettings.Mode;

/** Reads the block {@code run}. */
final class RunReader {
  private RunReader() {}

  static RunSettings read(Keys keys) {
    if (keys.isNull("directory") || keys.text("directory").isBlank()) {
      throw keys.problem(
          "directory", "is not set; name a directory for the run, such as \"runs/mnist\"");
    }
    return new RunSettings(keys.text("directory"), keys.choice("mode", List.of(Mode.values())));
  }
}
