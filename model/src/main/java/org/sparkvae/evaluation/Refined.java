package org.sparkvae.evaluation;

import java.util.Optional;
import org.sparkvae.kinds.Kinds;
import org.sparkvae.kinds.Setting;

/**
 * The posterior of each image, improved from the encoder's: its parameters take steps of stochastic
 * gradient ascent on the image's bound, at fixed parameters of the model (semi-amortised inference:
 * Kim, Wiseman, Miller, Sontag & Rush, 2018). Planar and Sylvester maps, and the links of grids and
 * of full covariances, stay as the encoder gives them.
 *
 * @param steps of Adam, whose learning rate falls to 0
 * @param samples of each image in a step, in pairs of opposite noise
 * @param learningRate of the first step
 * @param covariance of its draws
 * @param tails of its draws
 */
public record Refined(
    @Setting(says = "Steps of Adam on each image's posterior.", otherwise = "7", least = 1)
        int steps,
    @Setting(says = "Samples in a step, in pairs of opposite noise.", otherwise = "16", least = 1)
        int samples,
    @Setting(
            says = "Step size of the first step, from which it falls to 0.",
            otherwise = "0.15",
            above = 0)
        double learningRate,
    @Setting(
            says =
                "full: the noise that a draw is made of takes the covariance that the curvature of"
                    + " log p(x, z) asks for. own: draws are of the posterior's own family.",
            otherwise = "full")
        Covariance covariance,
    @Setting(says = Tails.SAYS, otherwise = "student-t") Tails tails)
    implements Proposal {
  /** Which covariance draws have. */
  public enum Covariance {
    /** That of the posterior's own family. */
    OWN,
    /** That of the true posterior near the refined one, by Laplace's approximation. */
    FULL
  }

  /** Checks the numbers. */
  public Refined {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, but is " + steps);
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning-rate must be a number above 0, but is " + learningRate);
    }
  }

  /** That of all defaults. */
  public static Refined standard() {
    return Kinds.defaults(Refined.class);
  }

  /** A step's samples go forward and backward, through products of few rows. */
  @Override
  public double samplesWorth() {
    return 2.0 * steps * samples;
  }

  @Override
  public Optional<Refined> refinement() {
    return Optional.of(this);
  }
}
