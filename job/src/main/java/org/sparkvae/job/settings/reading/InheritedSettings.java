package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.storage.AtomicFiles;

/**
 * What a job that does not train takes from the run: all settings but those of the job itself, of
 * its evaluation and other stages. Where the test images are, stages but the evaluation take from
 * the run, too, unless they are given a source.
 *
 * <p>How test images are to be read, such as their colour, is as for those of the run: its test
 * images where it has any, else its training images.
 */
final class InheritedSettings {
  private static final String TEST = "data.test";
  private static final String SOURCE = "source";

  private static final List<String> OF_THE_JOB =
      List.of(
          "analyse",
          "compute",
          "data.on-bad-image",
          TEST,
          "evaluation",
          "pipeline",
          "report",
          "run",
          "tracking");

  private static final List<String> PLACE =
      List.of(
          "channels", "column", "height", "id-column", "labels", "limit", "path", SOURCE, "width");

  private InheritedSettings() {}

  /**
   * The run's settings that the job takes where it is given none.
   *
   * @param asked the job's settings without them
   * @return none where the job trains, or no run is found
   * @throws SettingsException where the run's settings are no HOCON
   */
  static Optional<Config> of(Config asked) {
    return asked.getValue("pipeline").unwrapped() instanceof List<?> stages
            && !stages.contains(Stage.TRAIN.toString())
        ? directory(asked).flatMap(InheritedSettings::ofRun).map(run -> inherited(run, asked))
        : Optional.empty();
  }

  private static Optional<String> directory(Config asked) {
    try {
      return Optional.of("run.directory")
          .filter(asked::hasPath)
          .map(asked::getString)
          .filter(directory -> !directory.isBlank());
    } catch (ConfigException.WrongType e) {
      // To be told of with the other wrong values.
      return Optional.empty();
    }
  }

  private static Optional<Config> ofRun(String directory) {
    try {
      Path file = new Path(directory, ConfigText.FILE);
      // It waits under its old name where a job was killed as it replaced it.
      return find(file).or(() -> find(AtomicFiles.old(file)));
    } catch (ConfigException e) {
      throw new SettingsException(
          SettingsFile.unreadable(e).getMessage() + "; restore the file, or choose another run");
    } catch (SettingsException | IllegalArgumentException e) {
      // Out of reach, or no path: opening the directory tells more. Where that succeeds, settings
      // that are not the run's are refused.
      return Optional.empty();
    }
  }

  private static Optional<Config> find(Path file) {
    return HadoopSettingsFile.find(file.toString(), Where.OF_THE_RUN);
  }

  private static Config inherited(Config stored, Config asked) {
    Config inherited = stored;
    for (String key : OF_THE_JOB) {
      inherited = inherited.withoutPath(key);
    }
    for (String stage : JobSettings.APPLICATIONS) {
      inherited = inherited.withoutPath(stage);
    }
    Config reading = hasImages(stored) ? block(stored, TEST) : block(stored, "data.train");
    if (hasImages(asked) || !hasImages(stored) || evaluates(asked)) {
      for (String key : PLACE) {
        reading = reading.withoutPath(key);
      }
    }
    // What was given for all sources was given for the test images.
    for (Map.Entry<String, ConfigValue> given :
        block(asked, ConfigText.SOURCE_DEFAULTS).entrySet()) {
      if (!Where.isDefault(given.getValue())) {
        reading = reading.withoutPath(given.getKey());
      }
    }
    return inherited.withFallback(reading.atPath(TEST));
  }

  /** Its images have been evaluated: others are to be named. */
  private static boolean evaluates(Config asked) {
    return asked.getValue("pipeline").unwrapped() instanceof List<?> stages
        && stages.contains(Stage.EVALUATE.toString());
  }

  private static boolean hasImages(Config stored) {
    Config test = block(stored, TEST);
    return test.hasPath(SOURCE) && !test.getValue(SOURCE).unwrapped().equals("none");
  }

  private static Config block(Config config, String key) {
    return config.hasPath(key) ? config.getConfig(key) : ConfigFactory.empty();
  }
}
