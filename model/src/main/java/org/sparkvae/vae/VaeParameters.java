package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The layout of a model's parameters in one flat vector, and their initial values. */
public final class VaeParameters {
  private VaeParameters() {}

  /** How many parameters a model has. */
  public static long count(VaeSpec spec) {
    throw new AssertionError("to come");
  }

  /**
   * Initial values: Glorot-uniform weights and zero biases; the decoder's output bias at the mean
   * training image (for Bernoulli at its logit, clipped to 0.001 .. 0.999, as Burda et al.'s code).
   *
   * @param meanImage [pixels], values in [0, 1]
   * @param parameters the flat vector to set
   */
  public static void initialise(VaeSpec spec, long seed, float[] meanImage, INDArray parameters) {
    throw new AssertionError("to come");
  }
}
