package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.RunSettings.Mode;

/** Reads the block {@code run}, and where an evaluation of the run goes. */
final class RunReader {
  private RunReader() {}

  static RunSettings read(Keys keys, Keys evaluation) {
    if (keys.isNull("directory") || keys.text("directory").isBlank()) {
      throw keys.problem(
          "directory", "is not set; name a directory for the run, such as \"runs/mnist\"");
    }
    return new RunSettings(
        keys.text("directory"),
        keys.choice("mode", List.of(Mode.values())),
        evaluation.text("directory"));
  }
}
