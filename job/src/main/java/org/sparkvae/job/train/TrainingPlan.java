package org.sparkvae.job.train;

import org.sparkvae.job.settings.TrainingSettings;
import org.sparkvae.job.train.rounds.EpochPlan;
import org.sparkvae.step.StepSettings;

/**
 * Learning rate and KL weight of every epoch.
 *
 * <p>The KL weight is min(1, e / W) in epoch e of a warm-up over W epochs, so that epoch W is the
 * first with the whole bound.
 */
public final class TrainingPlan {
  /** Burda et al. give eight stages, i = 0 .. 7; later epochs keep the last one's rate. */
  private static final int LAST_STAGE = 7;

  private final TrainingSettings settings;

  /** The plan that the settings describe. */
  public TrainingPlan(TrainingSettings settings) {
    this.settings = settings;
  }

  /** The plan of an epoch, from 1. */
  public EpochPlan epoch(int epoch) {
    return new EpochPlan(
        epoch, settings.epochs(), new StepSettings(learningRate(epoch), klWeight(epoch)));
  }

  private double learningRate(int epoch) {
    return switch (settings.rates().schedule()) {
      case CONSTANT -> settings.rates().learningRate();
      case BURDA -> settings.rates().learningRate() * Math.pow(10, -stage(epoch) / 7.0);
    };
  }

  /** The stage i of an epoch, where stage i lasts for 3^i epochs (Burda et al., section 5). */
  private static int stage(int epoch) {
    int stage = 0;
    long last = 1;
    long length = 1;
    while (epoch > last && stage < LAST_STAGE) {
      stage++;
      length *= 3;
      last += length;
    }
    return stage;
  }

  private double klWeight(int epoch) {
    int warmUp = settings.rates().klWarmUp();
    return warmUp == 0 ? 1 : Math.min(1, (double) epoch / warmUp);
  }
}
