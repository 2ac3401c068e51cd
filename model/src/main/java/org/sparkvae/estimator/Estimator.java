package org.sparkvae.estimator;

import java.io.Serializable;
import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.tensor.Recorder;

/**
 * An estimate of the gradient of a bound's mean over draws from the posterior. All of them but
 * {@link Rws} have the same mean, {@link Nvil} divided by a number, and differ by their variance;
 * of all but the posterior's parameters they are the same.
 */
public sealed interface Estimator extends Serializable
    permits Reparameterised,
        StickingTheLanding,
        DoublyReparameterised,
        ScoreFunction,
        Nvil,
        Vimco,
        Rws {
  /** Why it does not go with a bound, as the end of a sentence; empty where it does. */
  default Optional<String> misfit(Bound bound) {
    return Optional.empty();
  }

  /** Whether the posterior must tell the density of any draw. */
  default boolean scoresDraws() {
    return true;
  }

  /** Whether draws may be of any kind, as bits are, which no derivative flows through. */
  default boolean takesAnyDraws() {
    return false;
  }

  /** Whether it holds under a bound where a posterior depends on the draws of another. */
  default boolean takesLayers(Bound bound) {
    return true;
  }

  /** Whether a bound that prefers the KL term in closed form may take it so. */
  default boolean allowsClosedKl() {
    return false;
  }

  /** Its part in a recording of the terms of a bound's log-weights. */
  Estimation on(Recorder recorder, Bound bound);
}
