package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.kinds.Names;

/** What several estimators refuse. */
final class Misfits {
  private Misfits() {}

  /** Of what takes each sample's log-weight by itself, a bound that weighs samples by others. */
  static Optional<String> weighted(Bound bound) {
    return bound.power() == 0
        ? Optional.empty()
        : Optional.of(
            "takes each sample's log-weight by itself, as elbo and beta do and %s does not; choose"
                    .formatted(Names.of(bound.getClass()))
                + " another of the two");
  }

  /** Of what compares the samples of an image, other bounds than the one of several samples. */
  static Optional<String> ofOneSample(Bound bound) {
    return bound instanceof ImportanceWeighted && bound.samples() > 1
        ? Optional.empty()
        : Optional.of(
            "compares the samples of an image by their weights; set training.bound.type ="
                + " importance-weighted, and training.bound.samples = 2 or more");
  }

  /** Free bits hold up a closed form, which has no draws that derivatives could flow through. */
  static Optional<String> freeBits(Bound bound) {
    return bound.freeBits() > 0
        ? Optional.of(
            "takes the KL term from the samples, but training.bound.free-bits is above 0, which"
                + " takes it in closed form; set that to 0, or choose reparameterised")
        : Optional.empty();
  }
}
