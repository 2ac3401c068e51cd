package org.sparkvae.density;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Kernels;

/** The derivative of a row's value that a forward pass has left in a matrix's gradient. */
public final class Residual {
  private Residual() {}

  /**
   * Multiplies it by the derivative of the loss by each row.
   *
   * @throws IllegalStateException where a later operation has overwritten it in the backward pass
   */
  public static void scale(Kernels kernels, Matrix matrix, Rows out) {
    if (matrix.claim() != 0) {
      throw new IllegalStateException(
          "a likelihood keeps its derivative in the gradient of its matrix ["
              + matrix.rows()
              + ", "
              + matrix.columns()
              + "], which a later operation has overwritten: record that operation before it");
    }
    kernels.scaleRows(matrix.gradient(), out.gradient());
  }
}
