package org.sparkvae.evaluation;

import java.io.Serializable;
import java.util.Optional;

/** What estimates log p(x) of an image. */
public sealed interface Estimator extends Serializable permits Importance, Annealed {
  /** The annealed chains, where it is these. */
  default Optional<Annealed> annealed() {
    return Optional.empty();
  }
}
