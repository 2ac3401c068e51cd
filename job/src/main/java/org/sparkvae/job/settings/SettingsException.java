package org.sparkvae.job.settings;

/** The settings are wrong: one line that says what, where (key, file and line) and what to do. */
public final class SettingsException extends RuntimeException {
  /** With the whole one-line message. */
  public SettingsException(String message) {
    super(message);
  }
}
