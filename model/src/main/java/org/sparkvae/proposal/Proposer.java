package org.sparkvae.proposal;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.vae.ImageModel;

/**
 * Finds the posterior that an image's importance samples are drawn from. What it finds depends on
 * the model, the image and its key alone.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public sealed interface Proposer permits Encoding, Refinement {
  /**
   * That of a proposal.
   *
   * @param parameters the flat parameter vector, which stays as it is
   * @throws IllegalArgumentException where a posterior is to be refined, and the model has none
   *     that could be
   */
  static Proposer of(Proposal proposal, ImageModel model, INDArray parameters) {
    return proposal
        .refinement()
        .<Proposer>map(refined -> new Refinement(model, parameters, refined))
        .orElseGet(() -> new Encoding(model, parameters));
  }

  /**
   * What an image's samples are drawn from, until the next call.
   *
   * @param image [values], in [0, 1]
   * @param key of the image's noise, from {@link org.sparkvae.noise.Noise#key}
   */
  Proposed propose(float[] image, long key);
}
