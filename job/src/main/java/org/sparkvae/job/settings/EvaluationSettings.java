package org.sparkvae.job.settings;

import java.io.Serializable;
import org.sparkvae.evaluation.Estimator;
import org.sparkvae.evaluation.Importance;

/**
 * How log p(x) is estimated.
 *
 * @param samples K, importance samples per image
 * @param block samples, or annealed chains, computed together
 * @param stream number of the stream of random numbers, from 0 on
 * @param estimator what estimates it
 */
public record EvaluationSettings(int samples, int block, int stream, Estimator estimator)
    implements Serializable {

  /** By importance sampling. */
  public EvaluationSettings(int samples, int block, int stream) {
    this(samples, block, stream, new Importance());
  }
}
