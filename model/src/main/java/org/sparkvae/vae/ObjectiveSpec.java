package org.sparkvae.vae;

import java.io.Serializable;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.estimator.Reparameterised;
import org.sparkvae.kinds.Setting;

/**
 * What training maximises: J = (N/M) sum_i L(x_i) + log p(theta).
 *
 * @param bound the bound L
 * @param trainingImages N, images in the whole training set (not in the shard)
 * @param weightPriorPrecision lambda of log p(theta) = -(lambda/2) |theta|^2; 0 for no prior
 * @param estimator of the bound's gradient
 */
public record ObjectiveSpec(
    Bound bound,
    long trainingImages,
    double weightPriorPrecision,
    @Setting(otherwise = "reparameterised") Estimator estimator)
    implements Serializable {
  /** With the reparameterised gradient. */
  public ObjectiveSpec(Bound bound, long trainingImages, double weightPriorPrecision) {
    this(bound, trainingImages, weightPriorPrecision, new Reparameterised());
  }

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

  /** Whether a KL term that has a closed form is taken in it. */
  boolean takesClosedKl() {
    return bound.prefersClosedKl() && estimator.allowsClosedKl();
  }
}
