package org.sparkvae.job.settings;

import java.util.List;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.job.settings.TrainingSettings.Averaging;
import org.sparkvae.job.settings.TrainingSettings.Checkpoints;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.settings.TrainingSettings.Schedule;
import org.sparkvae.job.settings.TrainingSettings.StartFrom;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.job.settings.TrainingSettings.Validation;
import org.sparkvae.optimiser.Adam;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.optimiser.Sgd;

/** Reads the block {@code training}. */
final class TrainingReader {
  private enum BoundType {
    ELBO,
    IMPORTANCE_WEIGHTED
  }

  private enum OptimiserType {
    ADAM,
    SGD
  }

  private TrainingReader() {}

  static TrainingSettings read(Keys keys) {
    return new TrainingSettings(
        new StartFrom(keys.text("start-from"), keys.flag("start-from-optimiser")),
        keys.whole("epochs", 1),
        keys.whole("batch", 1),
        bound(keys.at("bound")),
        keys.number("weight-prior-precision", Range.AT_LEAST_ZERO),
        optimiser(keys.at("optimiser")),
        keys.at("optimiser").number("learning-rate", Range.ABOVE_ZERO),
        keys.at("schedule").choice("type", List.of(Schedule.values())),
        keys.whole("kl-warm-up", 0),
        averaging(keys.at("averaging")),
        validation(keys.at("validation")),
        checkpoints(keys.at("checkpoint")));
  }

  private static Bound bound(Keys keys) {
    BoundType type = keys.choice("type", List.of(BoundType.values()));
    int samples = keys.whole("samples", 1);
    Elbo.Kl kl = keys.choice("kl", List.of(Elbo.Kl.values()));
    return switch (type) {
      case ELBO -> new Elbo(samples, kl);
      case IMPORTANCE_WEIGHTED -> new ImportanceWeighted(samples);
    };
  }

  private static Optimiser optimiser(Keys keys) {
    OptimiserType type = keys.choice("type", List.of(OptimiserType.values()));
    double beta1 = keys.number("beta1", Range.PROPER_FRACTION);
    double beta2 = keys.number("beta2", Range.PROPER_FRACTION);
    double epsilon = keys.number("epsilon", Range.ABOVE_ZERO);
    double momentum = keys.number("momentum", Range.PROPER_FRACTION);
    return switch (type) {
      case ADAM -> new Adam(beta1, beta2, epsilon);
      case SGD -> new Sgd(momentum);
    };
  }

  private static Averaging averaging(Keys keys) {
    return new Averaging(
        keys.choice("strategy", List.of(Strategy.values())),
        keys.whole("every", 1),
        outer(keys.at("outer")));
  }

  private static Outer outer(Keys keys) {
    return new Outer(
        keys.number("momentum", Range.PROPER_FRACTION),
        keys.number("learning-rate", Range.ABOVE_ZERO));
  }

  private static Validation validation(Keys keys) {
    return new Validation(
        keys.whole("every", 0), keys.whole("samples", 1), keys.whole("patience", 0));
  }

  private static Checkpoints checkpoints(Keys keys) {
    return new Checkpoints(keys.whole("every", 1), keys.whole("keep", 1));
  }
}
