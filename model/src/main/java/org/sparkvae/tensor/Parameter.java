package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A block of the flat parameter vector, as a matrix or vector over the same memory.
 *
 * <p>Operations that share a block add up their derivatives: the first of them in a backward pass
 * sets the gradient and the others add to it, whichever views of the block they hold.
 */
public final class Parameter {
  private final INDArray value;
  private final INDArray gradient;
  private final Contributions contributions;

  /** A view; gradient is null where none is computed. */
  Parameter(INDArray value, INDArray gradient, Contributions contributions) {
    this.value = value;
    this.gradient = gradient;
    this.contributions = contributions;
  }

  /** The block. */
  public INDArray value() {
    return value;
  }

  /** The same block of the flat gradient vector; null where none is computed. */
  public INDArray gradient() {
    return gradient;
  }

  /** What the views of a block have in common, which a tape starts anew before a backward pass. */
  Contributions contributions() {
    return contributions;
  }

  /** The beta with which the caller, about to contribute, must write. */
  double claim() {
    return contributions.claim();
  }
}
