package org.sparkvae.job;

import org.sparkvae.job.settings.JobSettings;

/** Does what the settings say. */
@FunctionalInterface
public interface Pipeline {
  /**
   * Runs to the end.
   *
   * @throws Exception where it fails; {@link org.sparkvae.job.data.faults.DataException} and {@link
   *     org.sparkvae.job.settings.SettingsException}, at any depth, have exit statuses of their own
   */
  void run(JobSettings settings) throws Exception;
}
