package org.sparkvae.job.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.ConfigDifference;
import org.sparkvae.job.settings.ConfigText;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;

/**
 * How a run goes on with a job's settings: where it was, with a new evaluation, or from the start.
 *
 * @param settings that the run goes on with
 * @param evaluatesAnew whether an evaluation with other settings, or none, is there
 */
public record RunStart(JobSettings settings, boolean evaluatesAnew) {
  private static final String SHARDS = "data.shards";

  /**
   * Settles how a run goes on: its settings are stored where it is new, and compared with those
   * that it was started with where it is not. A run without a checkpoint, such as one whose data
   * could not be read, is new.
   *
   * <p>Where {@code data.shards} is left to the cluster, a run keeps the number it was started
   * with. Other settings are refused, but for two cases: the mode is overwrite; or only the
   * evaluation differs and nothing else is asked for.
   *
   * @param slots task slots of the cluster
   * @throws SettingsException where the directory holds a run with other settings, naming the keys
   * @throws IOException where the file system fails
   */
  public static RunStart settle(RunDirectory directory, JobSettings settings, int slots)
      throws IOException {
    if (settings.run().mode() == RunSettings.Mode.OVERWRITE || !directory.isBegun()) {
      directory.clear();
    }
    Optional<Config> stored = stored(directory);
    JobSettings settled = settings.withShards(shards(settings, stored, slots));
    if (stored.isEmpty()) {
      directory.storeConfig(ConfigText.of(settled.config()));
      return new RunStart(settled, false);
    }
    ConfigDifference difference = ConfigDifference.between(stored.get(), settled.config());
    boolean evaluateOnly = settings.pipeline().equals(List.of(Stage.EVALUATE));
    if (!difference.training().isEmpty()) {
      throw refused(directory, difference.training(), "");
    }
    if (!difference.evaluation().isEmpty() && !evaluateOnly) {
      throw refused(
          directory, difference.evaluation(), "evaluate it anew with pipeline=[evaluate], ");
    }
    return new RunStart(
        settled, !difference.evaluation().isEmpty() || lacksEvaluation(directory, settings));
  }

  /**
   * Discards the evaluation that is there, where another is to take its place: to be called once
   * the new one's images are known to be good.
   *
   * @throws IOException where the file system fails
   */
  public void makeRoom(RunDirectory directory) throws IOException {
    if (evaluatesAnew) {
      directory.discardEvaluation();
      directory.storeConfig(ConfigText.of(settings.config()));
    }
  }

  private static int shards(JobSettings settings, Optional<Config> stored, int slots) {
    if (settings.data().shards() > 0) {
      return settings.data().shards();
    }
    return stored.filter(config -> config.hasPath(SHARDS)).map(c -> c.getInt(SHARDS)).orElse(slots);
  }

  private static SettingsException refused(
      RunDirectory directory, List<String> keys, String evaluateAnew) {
    return new SettingsException(
        "run.directory %s holds a run with other values of %s: %schoose another directory, or start anew with run.mode=overwrite"
            .formatted(directory.path(), String.join(", ", keys), evaluateAnew));
  }

  /** Whether a run that was finished without an evaluation is now to have one. */
  private static boolean lacksEvaluation(RunDirectory directory, JobSettings settings)
      throws IOException {
    return settings.does(Stage.EVALUATE) && !directory.isEvaluated();
  }

  private static Optional<Config> stored(RunDirectory directory) throws IOException {
    try {
      return directory.storedConfig().map(ConfigFactory::parseString);
    } catch (ConfigException e) {
      throw new SettingsException(
          "run.directory %s holds a config.conf that cannot be read: choose another directory, or start anew with run.mode=overwrite"
              .formatted(directory.path()));
    }
  }
}
