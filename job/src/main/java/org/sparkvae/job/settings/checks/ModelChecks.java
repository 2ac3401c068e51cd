package org.sparkvae.job.settings.checks;

import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.annealing.AnnealingLimits;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.vae.Contradiction;

/** Whether a model is in itself sound, and has what is asked of it. */
final class ModelChecks {
  private ModelChecks() {}

  static Optional<Contradiction> model(Written written) {
    return Written.in("model", written.settings().model().contradiction());
  }

  /** What is of estimates of log p(x) or of draws, where a model has neither. */
  static Optional<Contradiction> withoutLogLikelihood(Written written) {
    JobSettings settings = written.settings();
    if (settings.model().hasLogLikelihood()) {
      return Optional.empty();
    }
    if (settings.does(Stage.EVALUATE)) {
      return Written.refuse(
          "model.type",
          "is %s, which has no log p(x) to evaluate; leave evaluate out of pipeline (pipeline = [train])"
              .formatted(written.text("model.type")));
    }
    TrainingSettings training = settings.training();
    return Stream.of(
            above(0, training.rates().klWarmUp(), "kl-warm-up", "has no KL term", written),
            above(
                0,
                training.gradientNoise().every(),
                "gradient-noise.every",
                "draws nothing",
                written),
            above(
                1, training.validation().samples(), "validation.samples", "draws nothing", written))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Contradiction> above(
      int most, int value, String key, String why, Written written) {
    return Written.refuseIf(
        value > most,
        "training." + key,
        "is above %d, but a model of type %s %s; set it to %1$d"
            .formatted(most, written.text("model.type"), why));
  }

  static Optional<Contradiction> fit(Written written) {
    return Written.refuseIf(
        written.settings().model().fit().isPresent()
            && !written.training().startFrom().run().isEmpty(),
        "training.start-from",
        "is set, but a model of type %s is fitted to the images, whatever it starts from; leave it out"
            .formatted(written.text("model.type")));
  }

  static Optional<Contradiction> estimator(Written written) {
    JobSettings settings = written.settings();
    return Written.in(
        "evaluation.estimator",
        settings
            .evaluation()
            .estimator()
            .annealed()
            .flatMap(how -> AnnealingLimits.of(settings.model(), how)));
  }

  static Optional<Contradiction> proposal(Written written) {
    JobSettings settings = written.settings();
    return Written.in(
        "evaluation.proposal",
        settings
            .evaluation()
            .proposal()
            .refinement()
            .flatMap(how -> Refinement.contradiction(settings.model())));
  }
}
