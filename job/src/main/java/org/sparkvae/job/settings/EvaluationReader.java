package org.sparkvae.job.settings;

/** Reads the block {@code evaluation}. */
final class EvaluationReader {
  private EvaluationReader() {}

  static EvaluationSettings read(Keys keys) {
    return new EvaluationSettings(keys.whole("samples", 1), keys.whole("block", 1));
  }
}
