package org.sparkvae.vae;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Importance weights log w = log p(x|z) + log p(z) - log q(z|x) of samples z ~ q(z|x), image by
 * image, on buffers that are allocated once.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class LogWeights {
  /**
   * Builds the computation.
   *
   * @param spec the model
   * @param parameters the flat parameter vector
   * @param block samples computed together; every {@link #sample} call takes at most that many
   */
  public LogWeights(VaeSpec spec, INDArray parameters, int block) {}

  /** Encodes one image, [pixels] values in [0, 1]; later calls are about it. */
  public void image(float[] x) {
    throw new AssertionError("to come");
  }

  /** The posterior's mean of the current image, [latent], a fresh array. */
  public float[] posteriorMean() {
    throw new AssertionError("to come");
  }

  /** The posterior's standard deviation of the current image, [latent], a fresh array. */
  public float[] posteriorStandardDeviation() {
    throw new AssertionError("to come");
  }

  /** KL(q(z|x) || p(z)) of the current image in closed form, nats. */
  public double kl() {
    throw new AssertionError("to come");
  }

  /**
   * Draws samples firstSample .. firstSample + count - 1 of the stream {@code key}.
   *
   * @param logWeight set to log w, [count], nats
   * @param logLikelihood set to log p(x|z), [count], nats
   */
  public void sample(
      long key, long firstSample, int count, double[] logWeight, double[] logLikelihood) {
    throw new AssertionError("to come");
  }
}
