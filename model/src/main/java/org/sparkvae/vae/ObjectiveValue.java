package org.sparkvae.vae;

import java.io.Serializable;

/**
 * Sums over the images of a minibatch, in nats; they add up over minibatches.
 *
 * @param images how many images
 * @param bound sum of the bound L(x_i)
 * @param weighted sum of what the step optimises: L(x_i) with the step's KL weight, which is no
 *     bound where that is not 1
 * @param reconstruction sum of E_q[log p(x|z)], from the step's samples
 * @param kl sum of KL(q(z|x) || p(z)): in closed form or from the step's samples, as the bound does
 */
public record ObjectiveValue(
    long images, double bound, double weighted, double reconstruction, double kl)
    implements Serializable {
  /** Nothing yet. */
  public static final ObjectiveValue ZERO = new ObjectiveValue(0, 0, 0, 0, 0);

  /** The sums over both sets of images. */
  public ObjectiveValue plus(ObjectiveValue other) {
    return new ObjectiveValue(
        images + other.images,
        bound + other.bound,
        weighted + other.weighted,
        reconstruction + other.reconstruction,
        kl + other.kl);
  }

  /** True where every sum is finite. */
  public boolean isFinite() {
    return Double.isFinite(bound)
        && Double.isFinite(weighted)
        && Double.isFinite(reconstruction)
        && Double.isFinite(kl);
  }
}
