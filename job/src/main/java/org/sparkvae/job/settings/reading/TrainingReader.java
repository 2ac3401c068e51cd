package org.sparkvae.job.settings.reading;

import java.util.List;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Averaging;
import org.sparkvae.job.settings.TrainingSettings.Checkpoints;
import org.sparkvae.job.settings.TrainingSettings.GradientNoise;
import org.sparkvae.job.settings.TrainingSettings.Gradients;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.settings.TrainingSettings.Rates;
import org.sparkvae.job.settings.TrainingSettings.Restraints;
import org.sparkvae.job.settings.TrainingSettings.Schedule;
import org.sparkvae.job.settings.TrainingSettings.StartFrom;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.job.settings.TrainingSettings.Validation;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Range;
import org.sparkvae.optimiser.Optimiser;

/** Reads the block {@code training}. */
final class TrainingReader {
  private TrainingReader() {}

  static TrainingSettings read(Keys keys) {
    return new TrainingSettings(
        new StartFrom(keys.text("start-from"), keys.flag("start-from-optimiser")),
        keys.whole("epochs", 1),
        keys.whole("batch", 1),
        Kinds.read(Bound.class, new Block(keys.at("bound"))),
        Kinds.read(Estimator.class, new Block(keys.at("estimator"))),
        Kinds.read(Optimiser.class, new Block(keys.at("optimiser"))),
        new Rates(
            keys.at("optimiser").number("learning-rate", Range.ABOVE_ZERO),
            keys.at("schedule").choice("type", List.of(Schedule.values())),
            keys.whole("kl-warm-up", 0)),
        new Restraints(
            keys.number("weight-prior-precision", Range.AT_LEAST_ZERO),
            keys.at("optimiser").number("clip-norm", Range.AT_LEAST_ZERO),
            keys.at("optimiser").choice("gradients", List.of(Gradients.values()))),
        averaging(keys.at("averaging")),
        gradientNoise(keys.at("gradient-noise")),
        validation(keys.at("validation")),
        checkpoints(keys.at("checkpoint")));
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

  private static GradientNoise gradientNoise(Keys keys) {
    return new GradientNoise(keys.whole("every", 0), keys.whole("draws", 2));
  }

  private static Validation validation(Keys keys) {
    return new Validation(
        keys.whole("every", 0), keys.whole("samples", 1), keys.whole("patience", 0));
  }

  private static Checkpoints checkpoints(Keys keys) {
    return new Checkpoints(
        keys.whole("every", 1),
        keys.whole("keep", 1),
        keys.wholeList("milestones", Range.atLeast(1), "[1, 10, 100]"));
  }
}
