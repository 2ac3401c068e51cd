package org.sparkvae.annealing;

import org.sparkvae.evaluation.Annealed;

/**
 * The temperatures of a chain, from 0 to 1, as a sigmoid spaces them: closest at both ends (Wu et
 * al., 2017, section 5).
 *
 * @param steps from 0 to 1
 * @param steepness half the width of the sigmoid's argument; near 0 the temperatures are evenly
 *     spaced
 */
record Ladder(int steps, double steepness) {
  /** The ladder of a chain: the encoder's posterior is closer to the end than the prior is. */
  static Ladder of(Annealed how) {
    return new Ladder(
        how.temperatures(),
        switch (how.start()) {
          case ENCODER -> 2;
          case PRIOR -> 4;
        });
  }

  /** A ladder of the same shape with other steps. */
  Ladder of(int others) {
    return new Ladder(others, steepness);
  }

  /** The temperature at a place from 0 to {@link #steps}. */
  double at(int place) {
    double low = sigmoid(-steepness);
    double high = sigmoid(steepness);
    double raw = (sigmoid(steepness * (2.0 * place / steps - 1)) - low) / (high - low);
    return Math.min(1, Math.max(0, raw));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
