package org.sparkvae.annealing;

/**
 * The temperatures of a chain, from 0 to 1, as a sigmoid spaces them: closest at both ends (Wu et
 * al., 2017, section 5).
 */
record Ladder(int steps) {
  /** Half the width of the sigmoid's argument. */
  private static final double STEEPNESS = 4;

  /** The temperature at a place from 0 to {@link #steps}. */
  double at(double place) {
    double low = sigmoid(-STEEPNESS);
    double high = sigmoid(STEEPNESS);
    double raw = (sigmoid(STEEPNESS * (2 * place / steps - 1)) - low) / (high - low);
    return Math.min(1, Math.max(0, raw));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
