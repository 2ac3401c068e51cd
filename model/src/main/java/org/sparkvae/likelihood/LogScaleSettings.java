package org.sparkvae.likelihood;

import org.sparkvae.density.levels.LogScales;

/** What the settings of logistic likelihoods have in common. */
final class LogScaleSettings {
  /**
   * The least that a bound may be: a hundredth of the distance of levels, which float32 resolves.
   */
  static final double LEAST = -10;

  /** The most that a bound may be: all levels are alike by far. */
  static final double MOST = 10;

  /** The log-scale that training starts from, about that of images in [0, 1]: log 0.1. */
  private static final double START = -2.3;

  private LogScaleSettings() {}

  /** Refuses bounds that leave nothing between them. */
  static void check(double least, double most) {
    if (!(least >= LEAST && most <= MOST)) {
      throw new IllegalArgumentException(
          "min-log-scale and max-log-scale must be from -10 to 10, but are "
              + least
              + " and "
              + most);
    }
    if (!(least < most)) {
      throw new IllegalArgumentException(
          "min-log-scale must be below max-log-scale, but is "
              + least
              + ", and max-log-scale "
              + most);
    }
  }

  /** That start, or the middle of bounds that it lies outside of. */
  static float start(LogScales bounds) {
    boolean inside = START > bounds.least() && START < bounds.most();
    return (float) (inside ? START : (bounds.least() + bounds.most()) / 2);
  }
}
