package org.sparkvae.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.settings.ConfigDifference;
import org.sparkvae.job.settings.ConfigText;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;

/** Holds the settings against those that a run directory was started with. */
final class RunConfiguration {
  private RunConfiguration() {}

  /**
   * The settings that the run goes on with: stored where it is new, compared where it is not.
   *
   * <p>Where {@code data.shards} is left to the cluster, a run keeps the number it was started
   * with. Where only the evaluation differs and nothing else is asked for, the earlier one is
   * discarded.
   *
   * @param slots task slots of the cluster
   * @throws SettingsException where the directory holds a run with other settings, naming the keys
   */
  static JobSettings settle(RunDirectory directory, JobSettings settings, int slots)
      throws IOException {
    if (settings.run().mode() == RunSettings.Mode.OVERWRITE) {
      directory.clear();
    }
    Optional<Config> stored = directory.storedConfig().map(ConfigFactory::parseString);
    int asked = settings.data().shards();
    int number = asked > 0 ? asked : stored.map(c -> c.getInt("data.shards")).orElse(slots);
    JobSettings settled = settings.withShards(number);
    if (stored.isEmpty()) {
      directory.storeConfig(ConfigText.of(settled.config()));
      return settled;
    }
    ConfigDifference difference = ConfigDifference.between(stored.get(), settled.config());
    if (!difference.training().isEmpty()) {
      throw refused(directory, difference.training(), "choose another run.directory, or");
    }
    if (!difference.evaluation().isEmpty()) {
      if (!settings.pipeline().equals(List.of(Stage.EVALUATE))) {
        throw refused(
            directory,
            difference.evaluation(),
            "evaluate it anew with pipeline=[evaluate], choose another run.directory, or");
      }
      directory.discardEvaluation();
      directory.storeConfig(ConfigText.of(settled.config()));
    }
    return settled;
  }

  private static SettingsException refused(
      RunDirectory directory, List<String> keys, String otherwise) {
    return new SettingsException(
        "%s holds a run with other settings of %s: %s start anew with run.mode=overwrite"
            .formatted(directory.path(), String.join(", ", keys), otherwise));
  }
}
