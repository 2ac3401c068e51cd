package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.device.Precision;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.ComputeSettings.Backend;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.kinds.Range;

/** Reads the block {@code compute}. */
final class ComputeReader {
  private ComputeReader() {}

  static ComputeSettings read(Keys keys) {
    return new ComputeSettings(
        keys.choice("backend", List.of(Backend.values())),
        keys.choice("device", List.of(Device.values())),
        keys.wholeList("gpus", Range.AT_LEAST_ZERO, "[0, 1]"),
        keys.choice("products", List.of(Precision.values())));
  }
}
