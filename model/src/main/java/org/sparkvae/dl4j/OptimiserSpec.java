package org.sparkvae.dl4j;

import java.io.Serializable;
import org.sparkvae.kinds.Setting;

/** Which optimiser takes the steps; its settings are stated for the per-image mean J/N. */
public sealed interface OptimiserSpec extends Serializable {

  /**
   * Adam (Kingma & Ba).
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment of the gradient of J/N
   */
  record Adam(
      @Setting(says = "Decay of the first moment.", otherwise = "0.9", least = 0, below = 1)
          double beta1,
      @Setting(says = "Decay of the second moment.", otherwise = "0.999", least = 0, below = 1)
          double beta2,
      @Setting(says = "Added to the root of the second moment.", otherwise = "1e-4", above = 0)
          double epsilon)
      implements OptimiserSpec {}

  /**
   * Stochastic gradient descent with momentum.
   *
   * @param momentum 0 for none
   */
  record Sgd(
      @Setting(says = "Decay of the velocity; 0 for none.", otherwise = "0.0", least = 0, below = 1)
          double momentum)
      implements OptimiserSpec {}
}
