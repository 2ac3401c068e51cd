package org.sparkvae.evaluation;

import java.io.Serializable;
import org.sparkvae.tensor.NoiseBuffers;

/**
 * How often noise is far out. A reparameterised posterior is a map of standard normal noise: noise
 * with heavier tails makes one of heavier tails, of whatever family it is.
 */
public sealed interface Tails extends Serializable permits Normal, StudentT {
  /** What reference.conf would say. */
  String SAYS = "How often the noise that a draw is made of is far out.";

  /** Whether the posterior's closed forms hold for what is drawn. */
  boolean keepClosedForms();

  /**
   * Changes standard normal noise of the first image into noise of these tails.
   *
   * @param noise drawn, but not sent
   * @param key of the image's noise, of which they take streams of their own
   * @param firstSample number of the first sample that was drawn
   * @param logRatios set to log of the noise's density over the standard normal density at the same
   *     place, nats, for as many samples as were drawn
   */
  void lengthen(NoiseBuffers noise, long key, long firstSample, double[] logRatios);
}
