package org.sparkvae.job.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.Optional;
import org.sparkvae.job.settings.ConfigDifference;
import org.sparkvae.job.settings.ConfigText;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;

/** Makes a run directory ready for a job's settings: goes on, evaluates anew, or starts anew. */
public final class RunStart {
  private RunStart() {}

  /**
   * Compares the settings with those that the run was started with, and stores them.
   *
   * <p>Settings that would train another model are refused, unless the mode is overwrite; settings
   * that would evaluate the same model otherwise discard its evaluation; others change nothing.
   *
   * @throws SettingsException where the directory holds a run of another model, naming the keys
   * @throws IOException where the file system fails
   */
  public static void prepare(RunDirectory directory, JobSettings settings) throws IOException {
    if (settings.run().mode() == RunSettings.Mode.OVERWRITE) {
      directory.clear();
    }
    Optional<String> stored = directory.storedConfig();
    if (stored.isPresent()) {
      Config before = parse(stored.get(), directory);
      ConfigDifference difference = ConfigDifference.between(before, settings.config());
      if (!difference.training().isEmpty()) {
        throw new SettingsException(
            "run.directory %s holds a run with other values of %s: choose another directory, or set run.mode = overwrite to start anew"
                .formatted(directory.path(), String.join(", ", difference.training())));
      }
      if (!difference.evaluation().isEmpty() || lacksEvaluation(directory, settings)) {
        directory.discardEvaluation();
      }
    }
    String now = ConfigText.of(settings.config());
    if (!stored.equals(Optional.of(now))) {
      directory.storeConfig(now);
    }
  }

  /** Whether a run that was finished without an evaluation is now to have one. */
  private static boolean lacksEvaluation(RunDirectory directory, JobSettings settings)
      throws IOException {
    return settings.pipeline().contains(JobSettings.Stage.EVALUATE) && !directory.isEvaluated();
  }

  private static Config parse(String stored, RunDirectory directory) {
    try {
      return ConfigFactory.parseString(stored);
    } catch (ConfigException e) {
      throw new SettingsException(
          "run.directory %s holds a config.conf that cannot be read: choose another directory, or set run.mode = overwrite to start anew"
              .formatted(directory.path()));
    }
  }
}
