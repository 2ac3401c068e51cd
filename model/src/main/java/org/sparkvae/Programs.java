package org.sparkvae;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.evaluation.Proposal;
import org.sparkvae.vae.ImageModel;

/** What one call at a time computes with: programs with memory of their own, kept for the next. */
final class Programs {
  /**
   * Rows of a block: matrix products of fewer are slower, and a single image costs as many. A
   * multiple of what OpenBLAS computes together: it has other loops for what is left.
   */
  static final int ROWS = 96;

  private final ImageModel model;
  private final INDArray parameters;
  private final BlockCodec codec;
  private Likelihoods likelihoods;

  Programs(ImageModel model, INDArray parameters) {
    this.model = model;
    this.parameters = parameters;
    codec = new BlockCodec(model, parameters, ROWS);
  }

  BlockCodec codec() {
    return codec;
  }

  /** Estimates by so many samples of a proposal; those of the last call where they are the same. */
  Likelihoods likelihoods(int samples, Proposal proposal) {
    if (likelihoods == null || !likelihoods.isOf(samples, proposal)) {
      likelihoods = new Likelihoods(model, parameters, samples, proposal);
    }
    return likelihoods;
  }
}
