package org.sparkvae.job.settings.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.Resize;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.likelihood.Support;

/** Settings that are allowed but probably not meant. */
public final class Warnings {
  /** What a model that is fitted takes of the settings of training. */
  private static final Set<String> OF_A_FIT =
      Set.of(
          "training.validation.every",
          "training.validation.samples",
          "training.checkpoint.keep",
          "training.checkpoint.milestones");

  private final Config config;
  private final Config defaults = SettingsReader.defaults();
  private final List<String> lines = new ArrayList<>();

  private Warnings(Config config) {
    this.config = config;
  }

  /** One line for each, in the order of reference.conf; empty where all is well. */
  public static List<String> of(JobSettings settings) {
    Warnings warnings = new Warnings(settings.config());
    warnings.data(settings.data());
    warnings.model(settings);
    if (settings.model().fit().isPresent()) {
      warnings.withoutTraining();
    } else {
      warnings.training(settings.training());
    }
    warnings.validation(settings);
    warnings.idle("evaluation.");
    warnings.idle("tracking.");
    settings.applications().forEach(application -> warnings.idle(application.name() + "."));
    if (settings.compute().device() == ComputeSettings.Device.CPU) {
      warnings.unused("compute.device", "compute.products");
    }
    if (settings.evaluation().estimator().annealed().isPresent()) {
      warnings.unused("evaluation.estimator.type", "evaluation.proposal.type");
    }
    return List.copyOf(warnings.lines);
  }

  private void data(DataSettings data) {
    source("data.train", data.train());
    source("data.test", data.test());
    source("data.validation", data.validation());
    if (data.bits().binarisation() != Binarisation.THRESHOLD) {
      unused("data.binarisation", "data.threshold");
    }
    if (data.resize().mode() == Resize.Mode.NONE) {
      unused("data.resize.mode", "data.resize.width");
      unused("data.resize.mode", "data.resize.height");
    }
  }

  private void source(String block, ImageSource source) {
    if (source instanceof ImageSource.Idx || source instanceof ImageSource.Folder) {
      for (String key : List.of("column", "id-column", "width", "height", "channels")) {
        unused(block + ".source", block + "." + key);
      }
    }
    // Where none was chosen, and the path is not what image-source has for all sources.
    if (source instanceof ImageSource.None
        && Where.isDefault(config.getValue(block + ".source"))
        && !ConfigDifference.same(
            config.getValue(block + ".path"),
            config.getValue(ConfigText.SOURCE_DEFAULTS + ".path"))) {
      unused(block + ".source", block + ".path");
    }
  }

  private void model(JobSettings settings) {
    idle("model.");
    String key = "model." + settings.model().supportSetting();
    if (settings.model().hasLogLikelihood()
        && settings.model().support() == Support.BITS
        && settings.data().bits().binarisation() == Binarisation.NONE) {
      lines.add(
          key
              + " is "
              + settings.config().getString(key)
              + ", but data.binarisation is none: the cross-entropy"
              + " of grey values is not a log-likelihood, and is not comparable with published"
              + " ones; model.likelihood.type = continuous-bernoulli is a density of such values");
    }
  }

  private void training(TrainingSettings training) {
    if (training.startFrom().run().isEmpty()) {
      unused("training.start-from", "training.start-from-optimiser");
    }
    idle("training.");
    if (training.gradientNoise().every() == 0) {
      unused("training.gradient-noise.every", "training.gradient-noise.draws");
    }
    if (training.rates().klWarmUp() > training.epochs()) {
      lines.add(
          "training.kl-warm-up is "
              + training.rates().klWarmUp()
              + ", but training.epochs is "
              + training.epochs()
              + ": the KL term never reaches its full weight");
    }
  }

  private void validation(JobSettings settings) {
    DataSettings data = settings.data();
    if (data.validation() instanceof ImageSource.None && data.validationFraction() == 0) {
      unused("data.validation.source", "training.validation.samples");
    } else if (settings.training().validation().every() == 0) {
      unused("training.validation.every", "training.validation.samples");
    }
  }

  /** A fit takes no steps. */
  private void withoutTraining() {
    config.getConfig("training").entrySet().stream()
        .map(setting -> "training." + setting.getKey())
        .filter(key -> !OF_A_FIT.contains(key) && defaults.hasPath(key))
        .sorted()
        .forEach(key -> unused("model.type", key));
    idle("training.");
  }

  private void idle(String block) {
    for (IdleSetting idle : IdleSetting.in(config)) {
      ConfigValue value = config.getValue(idle.path());
      if (idle.path().startsWith(block) && !idle.isDefault(value, defaults)) {
        given(idle.path(), value).ifPresent(key -> warn(idle.because(), key));
      }
    }
  }

  /** The key itself, or the first in a block that was given another value than its default. */
  private Optional<String> given(String key, ConfigValue value) {
    if (value instanceof ConfigObject block) {
      return new TreeMap<>(block)
          .entrySet().stream()
              .flatMap(
                  entry ->
                      given(key + "." + ConfigUtil.joinPath(entry.getKey()), entry.getValue())
                          .stream())
              .findFirst();
    }
    boolean isDefault =
        Where.isDefault(value)
            || defaults.hasPath(key) && ConfigDifference.same(value, defaults.getValue(key));
    return isDefault || Where.isTheRuns(value) ? Optional.empty() : Optional.of(key);
  }

  /**
   * Warns of a key that was given another value than its default although another key makes it
   * idle. What a job took from the run was told of when the run was started.
   */
  private void unused(String because, String key) {
    ConfigValue value = config.getValue(key);
    if (!ConfigDifference.same(value, defaults.getValue(key))) {
      warn(because, key);
    }
  }

  private void warn(String because, String key) {
    ConfigValue value = config.getValue(key);
    if (!Where.isDefault(value) && !Where.isTheRuns(value)) {
      String cause = config.getString(because);
      lines.add(
          Where.of(value.origin())
              + ": "
              + key
              + " has no effect where "
              + because
              + " is "
              + (cause.isEmpty() ? "not set" : cause));
    }
  }
}
