package org.sparkvae.tensor.formula;

/** Compiled formulas on their arrays, to be run again and again. */
@FunctionalInterface
public interface Run {
  /**
   * Computes every output.
   *
   * @param betas what each output's old content is multiplied by before the new is added: 0, which
   *     takes no notice of it, or 1
   */
  void run(double[] betas);
}
