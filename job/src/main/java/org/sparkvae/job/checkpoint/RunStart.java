package org.sparkvae.job.checkpoint;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigDifference;
import org.sparkvae.job.settings.reading.ConfigText;

/**
 * How a run goes on with a job's settings: where it was, with more epochs, with its own evaluation,
 * with another one, or from the start.
 *
 * @param settings that the run goes on with
 * @param way how
 * @param remarks what a person may not expect of it, a line each
 */
public record RunStart(JobSettings settings, Way way, List<String> remarks) {
  private static final String SHARDS = "data.shards";
  private static final String EPOCHS = "training.epochs";
  private static final String PIPELINE = "pipeline";
  private static final String ANEW =
      "choose another directory, or start anew with run.mode=overwrite";

  /** How a run goes on. */
  public enum Way {
    /** There is nothing, or it is to be overwritten. */
    FROM_THE_START,
    /** Where it was. */
    WHERE_IT_WAS,
    /** It is trained on, and evaluated anew. */
    WITH_MORE_EPOCHS,
    /** Its own evaluation is not there yet; the run's own command may mean another by now. */
    WITH_ITS_EVALUATION,
    /** With an evaluation beside its own, which it leaves as it is. */
    WITH_ANOTHER_EVALUATION
  }

  /** Makes the list immutable. */
  public RunStart {
    remarks = List.copyOf(remarks);
  }

  private RunStart(JobSettings settings, Way way) {
    this(settings, way, List.of());
  }

  /**
   * Settles how a run goes on, comparing its settings with those that it was started with; changes
   * nothing. A run without a checkpoint, such as one that was killed early, is new.
   *
   * <p>Where {@code data.shards} is left to the cluster, a run keeps the number it was started
   * with, and where a source's colour is left to the images, theirs. Other settings are refused,
   * but for more epochs, and for those of an evaluation that is not begun, or that is all that is
   * asked for; that one goes beside the run's own, where the run is to have one. Overwriting starts
   * anew, but for further attempts of the application that did.
   *
   * @param slots task slots of the cluster
   * @throws SettingsException where the directory holds a run with other settings, naming the keys,
   *     or none but somebody's own settings file
   * @throws IOException where the file system fails
   */
  public static RunStart settle(RunDirectory directory, JobSettings settings, int slots)
      throws IOException {
    if (directory.isSomebodysOwn()) {
      throw new SettingsException(
          "run.directory %s holds no run, but a config.conf that no run wrote: choose another directory"
              .formatted(directory.path()));
    }
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
    boolean grows = grows(directory, stored, settled, difference.training());
    if (settings.onlyApplies()) {
      return new RunStart(settled, Way.WHERE_IT_WAS);
    }
    if (evaluatesOnly(settings) && !settings.run().evaluationDirectory().isEmpty()) {
      return new RunStart(settled, Way.WITH_ANOTHER_EVALUATION);
    }
    if (grows) {
      Optional<String> ended = ended(directory, settled);
      if (ended.isEmpty()) {
        return new RunStart(settled, Way.WITH_MORE_EPOCHS);
      }
      return new RunStart(
          settled, own(directory, stored, settled, difference.evaluation()), List.of(ended.get()));
    }
    return new RunStart(settled, own(directory, stored, settled, difference.evaluation()));
  }

  /** The same, of a colour where that was left to the images. */
  public RunStart withColour(Colour colour) {
    return new RunStart(settings.withColours(key -> colour), way, remarks);
  }

  /**
   * Makes the directory that of this run where it starts anew, deleting what is there, and opens it
   * for training again where that goes on beyond its end: to be called once the images are known to
   * be good, and the evaluation of fewer epochs is out of the way.
   *
   * @throws IOException where the file system fails
   */
  public void begin(RunDirectory directory) throws IOException {
    switch (way) {
      case FROM_THE_START -> {
        directory.clear();
        storeSettings(directory);
        directory.markStarted();
      }
      case WITH_MORE_EPOCHS -> {
        // Pictures of fewer epochs, which may not be drawn anew.
        directory.evaluation().discard();
        directory.evaluation().discardSlices();
        directory.analyses().unmarkFinished();
        directory.unmarkTrained();
        // Last: killed before, the run may go on with either number of epochs.
        storeSettings(directory);
      }
      default -> {}
    }
  }

  /** Stores the settings as the run's. */
  public void storeSettings(RunDirectory directory) {
    directory.storeConfig(ConfigText.of(settings.config()));
  }

  private static int shards(JobSettings settings, Optional<Config> stored, int slots) {
    if (settings.data().cut().shards() > 0) {
      return settings.data().cut().shards();
    }
    return stored.map(config -> config.getInt(SHARDS)).filter(n -> n > 0).orElse(slots);
  }

  private static boolean evaluatesOnly(JobSettings settings) {
    return settings.pipeline().equals(List.of(Stage.EVALUATE.toString()));
  }

  /** Whether nothing of the training differs but that there are more epochs; refuses the rest. */
  private static boolean grows(
      RunDirectory directory, Config stored, JobSettings settings, List<String> keys) {
    if (!settings.does(Stage.TRAIN) && !keys.isEmpty()) {
      throw refused(
          directory, keys, "leave them out, so that the run's are taken, or choose another run");
    }
    int before = stored.getInt(EPOCHS);
    int now = settings.training().epochs();
    List<String> others = keys.stream().filter(key -> now < before || !key.equals(EPOCHS)).toList();
    if (others.equals(List.of(EPOCHS))) {
      throw new SettingsException(
          "run.directory %s holds a run with training.epochs = %d, which may only grow, not become %d: %s"
              .formatted(directory.path(), before, now, ANEW));
    }
    if (!others.isEmpty()) {
      throw refused(directory, others, ANEW);
    }
    return now > before;
  }

  /** How the run's own evaluation goes on, or another goes beside it. */
  private static Way own(
      RunDirectory directory, Config stored, JobSettings settings, List<String> keys)
      throws IOException {
    boolean differs = !keys.isEmpty();
    boolean begun = directory.evaluation().isBegun();
    // Also where it is still to come, by the command that the run was started with.
    boolean has = begun || stored.getStringList(PIPELINE).contains(Stage.EVALUATE.toString());
    if (differs && has && evaluatesOnly(settings)) {
      return Way.WITH_ANOTHER_EVALUATION;
    }
    if (differs && begun) {
      throw refused(directory, keys, "evaluate it anew with pipeline=[evaluate], " + ANEW);
    }
    boolean lacksEvaluation = settings.does(Stage.EVALUATE) && !directory.isEvaluated();
    return differs || lacksEvaluation ? Way.WITH_ITS_EVALUATION : Way.WHERE_IT_WAS;
  }

  /** Why a trained run is not trained on, where it was fitted or its patience was at an end. */
  private static Optional<String> ended(RunDirectory directory, JobSettings settings)
      throws IOException {
    int patience = settings.training().validation().patience();
    boolean fitted = settings.model().fit().isPresent();
    if (!directory.isTrained() || (patience == 0 && !fitted)) {
      return Optional.empty();
    }
    if (fitted) {
      return Optional.of("The model is fitted: there is nothing that more epochs would change");
    }
    return directory
        .checkpoints(settings.training().checkpoint().keep(), warning -> {})
        .latest()
        .map(CheckpointStore.Restored::state)
        .filter(state -> state.validationsWithoutGain() >= patience)
        .map(
            state ->
                "Training ended at epoch %d: %d validation%s without gain, as training.validation.patience asks"
                    .formatted(
                        state.epoch(),
                        state.validationsWithoutGain(),
                        state.validationsWithoutGain() == 1 ? "" : "s"));
  }

  private static SettingsException refused(
      RunDirectory directory, List<String> keys, String advice) {
    return new SettingsException(
        "run.directory %s holds a run with other values of %s: %s"
            .formatted(directory.path(), String.join(", ", keys), advice));
  }

  private static Config stored(RunDirectory directory) throws IOException {
    try {
      return ConfigText.parse(directory.storedConfig().orElse(""));
    } catch (ConfigException e) {
      throw new SettingsException(
          "run.directory %s holds a config.conf that cannot be read: %s"
              .formatted(directory.path(), ANEW));
    }
  }
}
