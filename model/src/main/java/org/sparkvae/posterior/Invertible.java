package org.sparkvae.posterior;

import org.sparkvae.posterior.loop.LoopKernels;

/** A loop whose matrix is an invertible map of its last input, row by row. */
interface Invertible extends TeamLoop {
  /**
   * Takes back what the loop does.
   *
   * @param in the inputs, the last of which is not read
   * @param z what the loop gives; becomes what it was given
   */
  void undo(double[][] in, double[] z);

  /**
   * Multiplies by the inverse of the transposed Jacobian of each row, of the last call of forward.
   *
   * @param in the inputs of that call
   * @param by a derivative by what the loop was given; becomes that by what it gives
   */
  void transport(double[][] in, double[] by);

  /** The kernels of the inverse, which keep what those of the loop keep. */
  LoopKernels undoing();
}
