package org.sparkvae.job.settings.checks;

import java.util.Optional;
import java.util.stream.Stream;
import org.sparkvae.job.settings.ComputeSettings.Device;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Gradients;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.vae.Contradiction;

/** What Deeplearning4j's own averaging of parameters cannot do. */
final class StrategyChecks {
  private StrategyChecks() {}

  static Optional<Contradiction> dl4j(Written written) {
    TrainingSettings training = written.training();
    if (training.averaging().strategy() != Strategy.DL4J
        || written.settings().model().fit().isPresent()) {
      return Optional.empty();
    }
    return Stream.of(
            refuseIf(
                !training.averaging().outer().isPlainAverage(),
                TrainingChecks.outer(training),
                "set",
                "takes the plain average; leave it out, or set"),
            refuseIf(
                training.restraints().clipNorm() > 0,
                "training.optimiser.clip-norm",
                "above 0",
                "shortens no gradients; set it to 0, or"),
            refuseIf(
                training.restraints().gradients() == Gradients.NORMALISED,
                "training.optimiser.gradients",
                "normalised",
                "takes gradients as they are; set it to plain, or"),
            refuseIf(
                training.rates().klWarmUp() > 0,
                "training.kl-warm-up",
                "above 0",
                "trains the whole bound from the start; set it to 0, or"),
            refuseIf(
                written.settings().does(Stage.TRAIN)
                    && written.settings().compute().device() == Device.GPU,
                "compute.device",
                "gpu",
                "binds no task to its GPU; set it to cpu, or"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Contradiction> refuseIf(
      boolean refused, String key, String value, String why) {
    return Written.refuseIf(
        refused,
        key,
        "is %s, but training.averaging.strategy is dl4j, which %s the strategy to weighted"
            .formatted(value, why));
  }
}
