package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix on the tape: its value and, where a derivative flows through it, its gradient.
 *
 * <p>A gradient that several operations contribute to is set by the first of them in a backward
 * pass and added to by the others, so that no pass has to clear it.
 */
public final class Matrix {
  private final INDArray value;
  private final INDArray gradient;
  private final Contributions contributions = new Contributions();

  /** A matrix over given memory; gradient is null for a constant. */
  Matrix(INDArray value, INDArray gradient) {
    this.value = value;
    this.gradient = gradient;
  }

  /** The value, [rows, columns]. */
  public INDArray value() {
    return value;
  }

  /** The derivative of the loss by the value, of its shape; null for a constant. */
  public INDArray gradient() {
    return gradient;
  }

  /** Rows. */
  public int rows() {
    return value.rows();
  }

  /** Columns. */
  public int columns() {
    return value.columns();
  }

  boolean differentiable() {
    return gradient != null;
  }

  /** What a tape starts anew before a backward pass. */
  Contributions contributions() {
    return contributions;
  }

  /** The beta with which the caller, about to contribute, must write. */
  double claim() {
    return contributions.claim();
  }
}
