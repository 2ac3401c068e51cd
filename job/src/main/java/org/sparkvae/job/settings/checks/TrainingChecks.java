package org.sparkvae.job.settings.checks;

import java.util.Optional;
import org.sparkvae.curvature.Scores;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Gradients;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.objective.ObjectiveLimits;
import org.sparkvae.optimiser.NaturalGradient;
import org.sparkvae.vae.Contradiction;

/** Whether objective, optimiser and averaging go together. */
final class TrainingChecks {
  private TrainingChecks() {}

  static Optional<Contradiction> objective(Written written) {
    TrainingSettings training = written.training();
    return Written.in(
        "training",
        ObjectiveLimits.of(written.settings().model(), training.bound(), training.estimator()));
  }

  static Optional<Contradiction> states(Written written) {
    TrainingSettings training = written.training();
    return Written.refuseIf(
        !training.averaging().outer().isPlainAverage() && keepsStates(training),
        outer(training),
        "is set, but training.estimator.type is %s, whose running means take the plain average; leave it out"
            .formatted(written.text("training.estimator.type")));
  }

  private static boolean keepsStates(TrainingSettings training) {
    return ObjectiveLimits.keepsStates(training.estimator(), training.bound());
  }

  /** Which setting makes the outer step another than the plain average. */
  static String outer(TrainingSettings training) {
    return "training.averaging.outer."
        + (training.averaging().outer().momentum() > 0 ? "momentum" : "learning-rate");
  }

  static Optional<Contradiction> gradients(Written written) {
    TrainingSettings.Restraints restraints = written.training().restraints();
    return Written.refuseIf(
        restraints.clipNorm() > 0 && restraints.gradients() == Gradients.NORMALISED,
        "training.optimiser.clip-norm",
        "is above 0, but training.optimiser.gradients is normalised; set it to 0, or the"
            + " gradients to plain");
  }

  static Optional<Contradiction> naturalGradient(Written written) {
    TrainingSettings training = written.training();
    if (!(training.optimiser() instanceof NaturalGradient)
        || written.settings().model().fit().isPresent()) {
      return Optional.empty();
    }
    Optional<String> misfit = Scores.misfit(written.settings().model());
    String why;
    if (misfit.isPresent()) {
      why = "which " + misfit.get();
    } else if (keepsStates(training)) {
      why =
          "but training.estimator.type is %s, whose running means have no Fisher information; choose another of the two"
              .formatted(written.text("training.estimator.type"));
    } else if (training.averaging().strategy() == Strategy.DL4J) {
      why =
          "but training.averaging.strategy is dl4j, which computes no Fisher information; choose"
              + " another optimiser, or set the strategy to weighted";
    } else {
      return Optional.empty();
    }
    return Written.refuse("training.optimiser.type", "is natural-gradient, " + why);
  }
}
