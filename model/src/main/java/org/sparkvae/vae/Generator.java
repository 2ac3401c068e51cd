package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean images from latent codes, and posterior means from images: what pictures are made of. */
public final class Generator {
  /** Builds it on a parameter vector; sizes are chosen at each call. */
  public Generator(VaeSpec spec, INDArray parameters) {}

  /** E[x|z] for each code, [n][latent] -> [n][pixels], values clipped to [0, 1]. */
  public float[][] decode(float[][] z) {
    throw new AssertionError("to come");
  }

  /** The posterior's mean for each image, [n][pixels] -> [n][latent]. */
  public float[][] posteriorMeans(float[][] x) {
    throw new AssertionError("to come");
  }
}
