package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.annealing.AnnealingLimits;
import org.sparkvae.curvature.Scores;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Gradients;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.likelihood.Support;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.proposal.Refinement;

/** Refuses settings that are right by themselves but contradict one another. */
final class CrossChecks {
  private final JobSettings settings;
  private final Keys keys;

  private CrossChecks(JobSettings settings, Keys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /**
   * Checks what can be known before the data is seen.
   *
   * @throws SettingsException for the first contradiction
   */
  static void check(JobSettings settings, Keys keys) {
    CrossChecks checks = new CrossChecks(settings, keys);
    checks.sources();
    checks.mode();
    checks.evaluationDirectory();
    checks.validation();
    checks.likelihood();
    checks.model();
    checks.objective();
    checks.states();
    checks.withoutLogLikelihood();
    checks.estimator();
    checks.proposal();
    checks.fit();
    checks.gradients();
    checks.naturalGradient();
    checks.strategy();
    checks.analyses();
    checks.applications();
  }

  private void sources() {
    DataSettings data = settings.data();
    requireSource(Stage.TRAIN, data.train(), "data.train.source", "[evaluate]");
    requireSource(Stage.EVALUATE, data.test(), "data.test.source", "[train]");
    requireSource(Stage.ANALYSE, data.test(), "data.test.source", "[train]");
    if (settings.needsTrainingImages() && data.train() instanceof ImageSource.None) {
      throw keys.problem(
          "data.train.source",
          "is none, but analyse.kinds holds %s, which needs the training images; set the source, or leave it out"
              .formatted(
                  settings.analyse().kinds().stream()
                      .filter(Analysis::needsTrainingImages)
                      .findFirst()
                      .orElseThrow()
                      .name()));
    }
    settings.applications().stream()
        .filter(OfImages.class::isInstance)
        .forEach(of -> requireSource(of.name(), data.test(), "data.test.source", "[train]"));
  }

  private void requireSource(Stage stage, ImageSource source, String key, String otherwise) {
    requireSource(stage.toString(), source, key, otherwise);
  }

  private void requireSource(String stage, ImageSource source, String key, String otherwise) {
    if (settings.pipeline().contains(stage) && source instanceof ImageSource.None) {
      throw keys.problem(
          key,
          "is none, but the pipeline holds "
              + stage
              + "; set the source, or pipeline = "
              + otherwise);
    }
  }

  private void mode() {
    if (settings.run().mode() == RunSettings.Mode.OVERWRITE && !settings.does(Stage.TRAIN)) {
      throw keys.problem(
          "run.mode",
          "is overwrite, which deletes the trained model, but the pipeline does not hold train; set"
              + " it to resume: another evaluation goes beside the one that is there");
    }
  }

  private void evaluationDirectory() {
    if (!settings.run().evaluationDirectory().isEmpty()
        && !settings.pipeline().equals(List.of(Stage.EVALUATE.toString()))) {
      throw keys.problem(
          "evaluation.directory",
          "is set, but a pipeline that trains evaluates in its run directory; leave it out, or set"
              + " pipeline = [evaluate]");
    }
  }

  private void validation() {
    DataSettings data = settings.data();
    boolean ownSource = !(data.validation() instanceof ImageSource.None);
    if (ownSource && data.validationFraction() > 0) {
      throw keys.problem(
          "data.validation.fraction",
          "is above 0, but data.validation.source is set too; set one of the two");
    }
    TrainingSettings.Validation validation = settings.training().validation();
    if (validation.patience() == 0) {
      return;
    }
    if (validation.every() == 0) {
      throw keys.problem(
          "training.validation.patience",
          "is above 0, but training.validation.every is 0; set it to 1 or more");
    }
    if (!ownSource && data.validationFraction() == 0) {
      throw keys.problem(
          "training.validation.patience",
          "is above 0, but there are no validation images; set data.validation.fraction or"
              + " data.validation.source");
    }
  }

  private void likelihood() {
    Support support = settings.model().support();
    String key = "model." + settings.model().supportSetting();
    if (support != Support.BITS && settings.data().bits().binarisation() != Binarisation.NONE) {
      throw keys.problem(
          key,
          "is "
              + keys.text(key)
              + ", but data.binarisation is "
              + Keys.name(settings.data().bits().binarisation())
              + (support == Support.LEVELS
                  ? ", which leaves bits of the grey levels"
                  : ", and bits have no density")
              + "; set data.binarisation = none");
    }
  }

  private void model() {
    settings
        .model()
        .contradiction()
        .ifPresent(
            contradiction -> {
              throw keys.problem("model." + contradiction.setting(), contradiction.says());
            });
  }

  private void objective() {
    TrainingSettings training = settings.training();
    ObjectiveLimits.of(settings.model(), training.bound(), training.estimator())
        .ifPresent(
            limit -> {
              throw keys.problem("training." + limit.setting(), limit.says());
            });
  }

  private void states() {
    TrainingSettings training = settings.training();
    if (!training.averaging().outer().isPlainAverage()
        && ObjectiveLimits.keepsStates(training.estimator(), training.bound())) {
      throw keys.problem(
          "training.averaging.outer." + outer(training),
          "is set, but training.estimator.type is "
              + keys.text("training.estimator.type")
              + ", whose running means take the plain average; leave it out");
    }
  }

  /** Which setting makes the outer step another than the plain average. */
  private static String outer(TrainingSettings training) {
    return training.averaging().outer().momentum() > 0 ? "momentum" : "learning-rate";
  }

  /** What is of estimates of log p(x) or of draws, where a model has neither. */
  private void withoutLogLikelihood() {
    if (settings.model().hasLogLikelihood()) {
      return;
    }
    if (settings.does(Stage.EVALUATE)) {
      throw keys.problem(
          "model.type",
          "is %s, which has no log p(x) to evaluate; leave evaluate out of pipeline (pipeline = [train])"
              .formatted(keys.text("model.type")));
    }
    TrainingSettings training = settings.training();
    refuse(training.rates().klWarmUp() > 0, "kl-warm-up", "has no KL term", 0);
    refuse(training.gradientNoise().every() > 0, "gradient-noise.every", "draws nothing", 0);
    refuse(training.validation().samples() > 1, "validation.samples", "draws nothing", 1);
  }

  private void refuse(boolean asked, String key, String why, int otherwise) {
    if (asked) {
      throw keys.problem(
          "training." + key,
          "is above %d, but a model of type %s %s; set it to %1$d"
              .formatted(otherwise, keys.text("model.type"), why));
    }
  }

  private void fit() {
    if (settings.model().fit().isPresent() && !settings.training().startFrom().run().isEmpty()) {
      throw keys.problem(
          "training.start-from",
          "is set, but a model of type "
              + keys.text("model.type")
              + " is fitted to the images, whatever it starts from; leave it out");
    }
  }

  private void estimator() {
    settings
        .evaluation()
        .estimator()
        .annealed()
        .flatMap(how -> AnnealingLimits.of(settings.model(), how))
        .ifPresent(
            limit -> {
              throw keys.problem("evaluation.estimator." + limit.setting(), limit.says());
            });
  }

  private void proposal() {
    settings
        .evaluation()
        .proposal()
        .refinement()
        .flatMap(how -> Refinement.contradiction(settings.model()))
        .ifPresent(
            limit -> {
              throw keys.problem("evaluation.proposal." + limit.setting(), limit.says());
            });
  }

  private void applications() {
    for (Application application : settings.applications()) {
      application
          .contradiction(settings.model())
          .ifPresent(
              contradiction -> {
                String setting = contradiction.setting();
                throw keys.problem(
                    setting.isEmpty() ? "pipeline" : application.name() + "." + setting,
                    contradiction.says());
              });
      if (application instanceof OfImages ofImages) {
        ofImages.maskColumn().ifPresent(this::mask);
      }
    }
  }

  /** Masks are found by the ids of a table. */
  private void mask(String column) {
    if (!(settings.data().test() instanceof ImageSource.Parquet table)) {
      throw keys.problem(
          "data.test.source",
          "is %s, but impute.missing.type is column, which needs a table: set data.test.source to parquet"
              .formatted(keys.text("data.test.source")));
    }
    if (table.idColumn().isEmpty()) {
      throw keys.problem(
          "data.test.id-column",
          "is \"\", but the column %s of masks is found by ids: name the column of ids"
              .formatted(column));
    }
  }

  private void analyses() {
    if (!settings.does(Stage.ANALYSE)) {
      return;
    }
    for (Analysis analysis : settings.analyse().kinds()) {
      if (analysis.needsLogLikelihood() && !settings.model().hasLogLikelihood()) {
        throw keys.problem(
            "analyse.kinds",
            "holds %s, which is about log p(x), but a model of type %s has none; choose other kinds"
                .formatted(analysis.name(), keys.text("model.type")));
      }
      if (analysis.needsLabels() && settings.data().test().labels().isEmpty()) {
        throw keys.problem(
            "data.test.labels",
            "is \"\", but analyse.kinds holds %s, which needs labels; set it, or leave that out"
                .formatted(analysis.name()));
      }
      analysis
          .contradiction(settings.model())
          .ifPresent(
              contradiction -> {
                String setting = contradiction.setting();
                throw keys.problem(
                    "analyse." + (setting.isEmpty() ? "kinds" : analysis.name() + "." + setting),
                    contradiction.says());
              });
    }
  }

  private void gradients() {
    TrainingSettings.Restraints restraints = settings.training().restraints();
    if (restraints.clipNorm() > 0 && restraints.gradients() == Gradients.NORMALISED) {
      throw keys.problem(
          "training.optimiser.clip-norm",
          "is above 0, but training.optimiser.gradients is normalised; set it to 0, or the"
              + " gradients to plain");
    }
  }

  private void naturalGradient() {
    TrainingSettings training = settings.training();
    if (!(training.optimiser() instanceof NaturalGradient) || settings.model().fit().isPresent()) {
      return;
    }
    Scores.misfit(settings.model())
        .ifPresent(
            misfit -> {
              throw keys.problem("training.optimiser.type", "is natural-gradient, which " + misfit);
            });
    if (ObjectiveLimits.keepsStates(training.estimator(), training.bound())) {
      throw keys.problem(
          "training.optimiser.type",
          "is natural-gradient, but training.estimator.type is "
              + keys.text("training.estimator.type")
              + ", whose running means have no Fisher information; choose another of the two");
    }
    if (training.averaging().strategy() == Strategy.DL4J) {
      throw keys.problem(
          "training.optimiser.type",
          "is natural-gradient, but training.averaging.strategy is dl4j, which computes no Fisher"
              + " information; choose another optimiser, or set the strategy to weighted");
    }
  }

  private void strategy() {
    TrainingSettings training = settings.training();
    if (training.averaging().strategy() != Strategy.DL4J || settings.model().fit().isPresent()) {
      return;
    }
    if (!training.averaging().outer().isPlainAverage()) {
      throw keys.problem(
          "training.averaging.outer." + outer(training),
          "is set, but training.averaging.strategy is dl4j, which takes the plain average; leave"
              + " it out, or set the strategy to weighted");
    }
    if (training.restraints().clipNorm() > 0) {
      throw keys.problem(
          "training.optimiser.clip-norm",
          "is above 0, but training.averaging.strategy is dl4j, which shortens no gradients; set it"
              + " to 0, or the strategy to weighted");
    }
    if (training.restraints().gradients() == Gradients.NORMALISED) {
      throw keys.problem(
          "training.optimiser.gradients",
          "is normalised, but training.averaging.strategy is dl4j, which takes gradients as they"
              + " are; set it to plain, or the strategy to weighted");
    }
    if (training.rates().klWarmUp() > 0) {
      throw keys.problem(
          "training.kl-warm-up",
          "is above 0, but training.averaging.strategy is dl4j, which trains the whole bound from"
              + " the start; set it to 0, or the strategy to weighted");
    }
    if (settings.does(Stage.TRAIN) && settings.compute().device() == Device.GPU) {
      throw keys.problem(
          "compute.device",
          "is gpu, but training.averaging.strategy is dl4j, which binds no task to its GPU; set it"
              + " to cpu, or the strategy to weighted");
    }
  }
}
