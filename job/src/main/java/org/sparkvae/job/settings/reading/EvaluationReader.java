package org.sparkvae.job.settings.reading;

import org.sparkvae.job.settings.EvaluationSettings;

/** Reads the block {@code evaluation}. */
final class EvaluationReader {
  private EvaluationReader() {}

  static EvaluationSettings read(Keys keys) {
    return new EvaluationSettings(
        keys.whole("samples", 1), keys.whole("block", 1), keys.whole("stream", 0));
  }
}
