package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.job.settings.ComputeSettings.Device;

/** Reads the block {@code compute}. */
final class ComputeReader {
  private ComputeReader() {}

  static ComputeSettings read(Keys keys) {
    return new ComputeSettings(
        keys.choice("device", List.of(Device.values())), keys.wholeList("gpus", 0, List.of(0, 1)));
  }
}
