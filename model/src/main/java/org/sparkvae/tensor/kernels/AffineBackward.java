package org.sparkvae.tensor.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The backward pass of an affine map and an activation, y = f(x weight + bias).
 *
 * @param x [rows, m]
 * @param weight [m, n]
 * @param y [rows, n]
 * @param byOutput the derivative of the loss by y, [rows, n], which may be overwritten
 * @param isObserved whether byOutput must become the derivative by x weight + bias
 * @param f the activation
 * @param byBias the derivative by the bias, [n]; null where none is wanted
 * @param byWeight the derivative by the weight, [m, n]; null where none is wanted
 * @param byInput the derivative by x, [rows, m]; null where none is wanted
 */
public record AffineBackward(
    INDArray x,
    INDArray weight,
    INDArray y,
    INDArray byOutput,
    boolean isObserved,
    Activation f,
    Share byBias,
    Share byWeight,
    Share byInput) {

  /**
   * A derivative that the pass adds to or sets.
   *
   * @param beta by which what it held is multiplied, 0 or 1
   */
  public record Share(double beta, INDArray gradient) {}

  /** By products and what goes before them, one after the other. */
  void run(Kernels kernels) {
    kernels.activateBackward(y, byOutput, f);
    kernels.aside(
        () -> {
          if (byBias != null) {
            kernels.sumColumns(byOutput, byBias.beta(), byBias.gradient());
          }
          if (byWeight != null) {
            kernels.multiply(x, true, byOutput, false, byWeight.beta(), byWeight.gradient());
          }
        });
    if (byInput != null) {
      kernels.multiply(byOutput, false, weight, true, byInput.beta(), byInput.gradient());
    }
  }
}
