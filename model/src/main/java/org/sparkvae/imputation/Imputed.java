package org.sparkvae.imputation;

import java.util.Optional;

/**
 * An image whose missing values were imputed.
 *
 * @param mean the observed values, and the mean of the missing ones given those, [values], clipped
 *     to [0, 1]
 * @param draws images that are drawn given the observed values, [draws][values], clipped likewise
 * @param weighted what importance weights tell, where there are any
 * @param acceptance the fraction of proposals that were accepted, where there are any
 */
public record Imputed(
    float[] mean, float[][] draws, Optional<Weighted> weighted, Optional<Double> acceptance) {
  /**
   * What importance weights tell.
   *
   * @param logLikelihood log p of the observed values, nats: the importance-weighted bound on it
   * @param effectiveSamples (sum w)^2 / sum w^2
   * @param paretoK shape of the weights' tail; NaN where too few weights tell, or the largest are
   *     equal
   * @param reliable whether the estimates can be trusted
   */
  public record Weighted(
      double logLikelihood, double effectiveSamples, double paretoK, boolean reliable) {}
}
