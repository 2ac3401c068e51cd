package org.sparkvae.job.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.Colour;
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
 * @param way how
 */
public record RunStart(JobSettings settings, Way way) {
  private static final String SHARDS = "data.shards";

  /** How a run goes on. */
  public enum Way {
    /** There is nothing, or it is to be overwritten. */
    FROM_THE_START,
    /** Where it was. */
    WHERE_IT_WAS,
    /** An evaluation with other settings, or none, is there. */
    WITH_A_NEW_EVALUATION
  }

  /**
   * Settles how a run goes on, comparing its settings with those that it was started with; changes
   * nothing. A run without a checkpoint, such as one that was killed early, is new.
   *
   * <p>Where {@code data.shards} is left to the cluster, a run keeps the number it was started
   * with, and where a source's colour is left to the images, theirs. Other settings are refused,
   * but for those of an evaluation that is not there, or that is all that is asked for. Overwriting
   * starts anew, but for further attempts of the application that did.
   *
   * @param slots task slots of the cluster
   * @throws SettingsException where the directory holds a run with other settings, naming the keys
   * @throws IOException where the file system fails
   */
  public static RunStart settle(RunDirectory directory, JobSettings settings, int slots)
      throws IOException {
    boolean overwrites =
        settings.run().mode() == RunSettings.Mode.OVERWRITE && !directory.isStartedHere();
    if (overwrites || !directory.isBegun()) {
      return new RunStart(
          settings.withShards(shards(settings, Optional.empty(), slots)), Way.FROM_THE_START);
    }
    Config stored = stored(directory);
    JobSettings settled =
        settings
            .withShards(shards(settings, Optional.of(stored), slots))
            .withColours(key -> Colour.stored(stored, key));
    ConfigDifference difference = ConfigDifference.between(stored, settled.config());
    if (!difference.training().isEmpty()) {
      throw refused(directory, difference.training(), "");
    }
    boolean evaluatesOnly = settings.pipeline().equals(List.of(Stage.EVALUATE));
    boolean differs = !difference.evaluation().isEmpty();
    if (differs && directory.isEvaluated() && !evaluatesOnly) {
      throw refused(
          directory, difference.evaluation(), "evaluate it anew with pipeline=[evaluate], ");
    }
    boolean anew = differs || lacksEvaluation(directory, settings);
    return new RunStart(settled, anew ? Way.WITH_A_NEW_EVALUATION : Way.WHERE_IT_WAS);
  }

  /** The same, of a colour where that was left to the images. */
  public RunStart withColour(Colour colour) {
    return new RunStart(settings.withColours(key -> colour), way);
  }

  /**
   * Makes the directory that of this run where it starts anew, deleting what is there: to be called
   * once the images are known to be good.
   *
   * @throws IOException where the file system fails
   */
  public void begin(RunDirectory directory) throws IOException {
    if (way == Way.FROM_THE_START) {
      directory.clear();
      directory.storeConfig(ConfigText.of(settings.config()));
      directory.markStarted();
    }
  }

  /**
   * Discards the evaluation that is there, where another is to take its place: to be called once
   * the new one's images are known to be good.
   *
   * @throws IOException where the file system fails
   */
  public void makeRoom(RunDirectory directory) throws IOException {
    if (way == Way.WITH_A_NEW_EVALUATION) {
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

  private static Config stored(RunDirectory directory) throws IOException {
    try {
      return ConfigFactory.parseString(directory.storedConfig().orElse(""));
    } catch (ConfigException e) {
      throw new SettingsException(
          "run.directory %s holds a config.conf that cannot be read: choose another directory, or start anew with run.mode=overwrite"
              .formatted(directory.path()));
    }
  }
}
