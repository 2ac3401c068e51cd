package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.kinds.Names;
import org.sparkvae.tensor.Recorder;

/**
 * The derivative of the log-weights through the draws alone: the score of q, d log q(z|x; phi) / d
 * phi at a fixed z, whose mean is 0, is left out (Roeder et al., "Sticking the landing", 2017, eq.
 * 8). Where q is p(z|x) of one layer, the derivative of every sample is 0.
 *
 * <p>Where a posterior has parameters that depend on the draw of another layer, they are held
 * whole, and the derivative through them to that draw is left out as well. Its mean is 0, too; but
 * there the derivative of a sample is not 0 where q is p(z|x), and may vary more than the plain
 * one.
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
            "leaves out what has another mean than 0 under %s; choose %s there"
                .formatted(
                    Names.of(bound.getClass()),
                    Names.of(
                        Double.isInfinite(bound.power())
                            ? Reparameterised.class
                            : DoublyReparameterised.class)));
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ThroughDraws(0);
  }
}
