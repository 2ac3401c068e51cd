package org.sparkvae.job.train;

import org.sparkvae.job.settings.TrainingSettings.Restraints;
import org.sparkvae.task.Clipping;
import org.sparkvae.task.Normalised;
import org.sparkvae.task.Restraint;
import org.sparkvae.task.Unrestrained;

/** What settings say is done to a worker's gradients. */
public final class GradientRestraint {
  private GradientRestraint() {}

  /** The restraint that settings ask for. */
  public static Restraint of(Restraints settings) {
    return switch (settings.gradients()) {
      case PLAIN ->
          settings.clipNorm() > 0 ? new Clipping(settings.clipNorm()) : new Unrestrained();
      case NORMALISED -> new Normalised();
    };
  }
}
