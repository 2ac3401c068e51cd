package org.sparkvae.density;

import org.sparkvae.tensor.formula.Formula;

/** What the formulas of Gaussian densities share. */
public final class GaussianFormula {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private GaussianFormula() {}

  /**
   * The log-density of a dimension, -1/2 (log 2 pi + logVariance + square).
   *
   * @param square of the distance from the mean in standard deviations
   */
  public static Formula logDensity(Formula square, Formula logVariance) {
    return square.plus(logVariance).plus(LOG_2PI).times(-0.5);
  }
}
