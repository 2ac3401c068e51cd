package org.sparkvae.job.train;

import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.settings.TrainingSettings.Averaging;
import org.sparkvae.job.settings.TrainingSettings.Checkpoints;
import org.sparkvae.job.settings.TrainingSettings.Outer;
import org.sparkvae.job.settings.TrainingSettings.Schedule;
import org.sparkvae.job.settings.TrainingSettings.Strategy;
import org.sparkvae.job.settings.TrainingSettings.Validation;

/** Settings for {@link Tiny}, put together in steps. */
final class TinyTraining {
  private final int epochs;
  private double learningRate = 0.02;
  private Schedule schedule = Schedule.CONSTANT;
  private int klWarmUp;
  private Strategy strategy = Strategy.WEIGHTED;
  private Validation validation = new Validation(0, 1, 0);
  private int checkpointEvery = 1;

  private TinyTraining(int epochs) {
    this.epochs = epochs;
  }

  static TinyTraining epochs(int epochs) {
    return new TinyTraining(epochs);
  }

  TinyTraining learningRate(double rate) {
    learningRate = rate;
    return this;
  }

  TinyTraining schedule(Schedule with) {
    schedule = with;
    return this;
  }

  TinyTraining klWarmUp(int over) {
    klWarmUp = over;
    return this;
  }

  TinyTraining strategy(Strategy by) {
    strategy = by;
    return this;
  }

  TinyTraining validation(int every, int samples, int patience) {
    validation = new Validation(every, samples, patience);
    return this;
  }

  TinyTraining checkpointEvery(int every) {
    checkpointEvery = every;
    return this;
  }

  TrainingSettings settings() {
    return new TrainingSettings(
        new TrainingSettings.StartFrom("", false),
        epochs,
        4,
        Tiny.BOUND,
        0,
        Tiny.ADAM,
        learningRate,
        schedule,
        klWarmUp,
        new Averaging(strategy, 2, new Outer(0, 1)),
        validation,
        new Checkpoints(checkpointEvery, 2));
  }
}
