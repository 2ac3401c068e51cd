package org.sparkvae.job.settings.reading;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;

/**
 * Says where a value was set: file and line, of the user or of the run, the command line, or an
 * environment variable.
 */
final class Where {
  static final String COMMAND_LINE = "command line";

  /** How the places begin of settings that a job takes from the run. */
  static final String OF_THE_RUN = "the run's ";

  static final String REFERENCE = "spark-vae's reference.conf";

  private Where() {}

  /**
   * The place as it begins a message.
   *
   * @param file the user's settings file, which stands for a default: that is where it is changed
   */
  static String of(ConfigValue value, String file) {
    return value == null || isDefault(value) ? file : of(value.origin());
  }

  /** The place as it begins a message. */
  static String of(ConfigOrigin origin) {
    String place = origin.description();
    return place.startsWith(COMMAND_LINE)
        ? COMMAND_LINE
        : place.replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }

  /** Whether a value is this job's default. */
  static boolean isDefault(ConfigValue value) {
    return value.origin().description().startsWith(REFERENCE);
  }

  /** Whether a value was taken from the run. */
  static boolean isTheRuns(ConfigValue value) {
    return value.origin().description().startsWith(OF_THE_RUN);
  }
}
