package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;

/** What several estimators refuse. */
final class Misfits {
  private Misfits() {}

  /** Free bits hold up a closed form, which has no draws that derivatives could flow through. */
  static Optional<String> freeBits(Bound bound) {
    return bound.freeBits() > 0
        ? Optional.of(
            "takes the KL term from the samples, but training.bound.free-bits is above 0, which"
                + " takes it in closed form; set that to 0, or choose reparameterised")
        : Optional.empty();
  }
}
