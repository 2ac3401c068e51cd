package org.sparkvae.vae;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.estimator.Estimator;
import org.sparkvae.kinds.Names;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Recorder;

/** What a bound, the estimator of its gradient and a model ask of one another in vain. */
public final class ObjectiveLimits {
  private ObjectiveLimits() {}

  /** The first such thing, if any; the setting is below those of training. */
  public static Optional<Contradiction> of(Model model, Bound bound, Estimator estimator) {
    Optional<String> misfit = estimator.misfit(bound);
    if (misfit.isPresent()) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              "is %s, which %s".formatted(Names.of(estimator.getClass()), misfit.get())));
    }
    Recorder scratch = new Recorder(1, 1);
    Terms terms = model.on(scratch, Batch.of(scratch, Shape.vector(1)));
    if (estimator.scoresDraws() && !terms.latents().stream().allMatch(ObjectiveLimits::isScored)) {
      return Optional.of(
          new Contradiction(
              "estimator.type",
              "is %s, which needs the density of given draws, and this model.posterior tells that of"
                      .formatted(Names.of(estimator.getClass()))
                  + " its own alone; set it to reparameterised, or choose another posterior"));
    }
    if (bound.freeBits() > 0
        && !terms.latents().stream().allMatch(z -> z.klOfDimensions().isPresent())) {
      return Optional.of(
          new Contradiction(
              "bound.free-bits",
              "is above 0, which needs the KL of each dimension in closed form: that of a"
                  + " diagonal-gaussian posterior and a standard-normal prior; choose these, or set"
                  + " it to 0"));
    }
    return Optional.empty();
  }

  private static boolean isScored(Latent z) {
    return z.posterior().logDensityOf(z.drawn().value()).isPresent();
  }
}
