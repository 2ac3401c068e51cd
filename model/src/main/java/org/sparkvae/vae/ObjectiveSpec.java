package org.sparkvae.vae;

import java.io.Serializable;
import org.sparkvae.bound.Bound;

/**
 * What training maximises: J = (N/M) sum_i L(x_i) + log p(theta).
 *
 * @param bound the bound L
 * @param trainingImages N, images in the whole training set (not in the shard)
 * @param weightPriorPrecision lambda of log p(theta) = -(lambda/2) |theta|^2; 0 for no prior
 */
public record ObjectiveSpec(Bound bound, long trainingImages, double weightPriorPrecision)
    implements Serializable {
  public ObjectiveSpec {
    if (trainingImages < 1) {
      throw new IllegalArgumentException(
          "trainingImages must be at least 1, but is " + trainingImages);
    }
    if (!(weightPriorPrecision >= 0)) {
      throw new IllegalArgumentException(
          "weight-prior-precision must be at least 0, but is " + weightPriorPrecision);
    }
  }
}
