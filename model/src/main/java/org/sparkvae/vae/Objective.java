package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training objective on one minibatch shape: its value and its gradient, on buffers that are
 * allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Objective {
  /**
   * Builds the computation.
   *
   * @param spec the model
   * @param objective what is maximised
   * @param batch M, images per minibatch
   * @param parameters the flat parameter vector (row vector [1, P] or [P]); read, never written
   * @param gradient the flat gradient vector of the same shape, or null for values only
   */
  public Objective(
      VaeSpec spec, ObjectiveSpec objective, int batch, INDArray parameters, INDArray gradient) {}

  /** The host buffer for the images, [batch * pixels], values in [0, 1]; fill it before a call. */
  public float[] images() {
    throw new AssertionError("to come");
  }

  /**
   * The host buffer for standard normal noise, [samples * batch * latent], sample-major; fill it
   * before a call.
   */
  public float[] noise() {
    throw new AssertionError("to come");
  }

  /**
   * Value and gradient: sets the gradient vector to the derivative of the LOSS -J by the
   * parameters.
   *
   * @param klWeight the weight of the KL term (1 but during warm-up)
   */
  public ObjectiveValue differentiate(double klWeight) {
    throw new AssertionError("to come");
  }

  /** The value alone. */
  public ObjectiveValue value(double klWeight) {
    throw new AssertionError("to come");
  }
}
