package org.sparkvae.dl4j;

import java.io.Serializable;

/** Which optimiser takes the steps; its settings are stated for the per-image mean J/N. */
public sealed interface OptimiserSpec extends Serializable {

  /**
   * Adam (Kingma & Ba).
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment of the gradient of J/N
   */
  record Adam(double beta1, double beta2, double epsilon) implements OptimiserSpec {}

  /**
   * Stochastic gradient descent with momentum.
   *
   * @param momentum 0 for none
   */
  record Sgd(double momentum) implements OptimiserSpec {}
}
