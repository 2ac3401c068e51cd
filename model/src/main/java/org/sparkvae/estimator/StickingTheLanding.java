package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.tensor.Recorder;

/**
 * The derivative of the log-weights through the draws alone: the score of q, d log q(z|x; phi) / d
 * phi at a fixed z, whose mean is 0, is left out (Roeder et al., "Sticking the landing", 2017, eq.
 * 8). Where q is p(z|x), the derivative of every sample is 0.
 *
 * <p>For bounds that weigh all samples alike. Under others the left out part has another mean than
 * 0; {@link DoublyReparameterised} has what is in its place. The KL term is that of the samples.
 */
public record StickingTheLanding() implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return bound.power() == 0
        ? Misfits.freeBits(bound)
        : Optional.of(
            "leaves out what has no mean of 0 under the %s; choose doubly-reparameterised there"
                .formatted(bound.title()));
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ThroughDraws(0);
  }
}
