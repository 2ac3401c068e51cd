package org.sparkvae.job.settings;

import java.io.Serializable;
import org.sparkvae.evaluation.Encoder;
import org.sparkvae.evaluation.Estimator;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Proposal;

/**
 * How log p(x) is estimated.
 *
 * @param samples K, importance samples per image
 * @param block samples, or annealed chains, computed together
 * @param stream number of the stream of random numbers, from 0 on
 * @param estimator what estimates it
 * @param proposal what an image's importance samples are drawn from
 */
public record EvaluationSettings(
    int samples, int block, int stream, Estimator estimator, Proposal proposal)
    implements Serializable {

  /** By importance sampling from the encoder's posterior. */
  public EvaluationSettings(int samples, int block, int stream) {
    this(samples, block, stream, new Importance(), new Encoder(new Normal()));
  }
}
