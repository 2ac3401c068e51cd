package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.tensor.Recorder;

/**
 * The score of q is reparameterised as well, so that all derivatives by the posterior's parameters
 * flow through the draws (Tucker et al., "Doubly reparameterized gradient estimators for Monte
 * Carlo objectives", 2019, eq. 8).
 *
 * <p>For a bound that weighs samples by W_k = w_k^p / sum_j w_j^p, the score's part is - sum_k W_k
 * d log q(z_k|x; phi) / d phi, of the mean - sum_k p W_k (1 - W_k) d log w_k / dz_k dz_k / d phi.
 * In all, sample k has the weight W_k (1 - p (1 - W_k)): W_k^2 in the importance-weighted bound, p
 * = 1, alpha W_k + (1 - alpha) W_k^2 in Renyi's, p = 1 - alpha, and W_k in the ELBO, p = 0, where
 * it is {@link StickingTheLanding}. Where the KL term has the weight b, the second p is b p. The KL
 * term is that of the samples.
 */
public record DoublyReparameterised() implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return Double.isInfinite(bound.power())
        ? Optional.of(
            "weighs samples by the slope of their weights, which jump under vr-max; choose"
                + " reparameterised there")
        : Misfits.freeBits(bound);
  }

  /** Where a posterior depends on draws, its score takes another weight (Bauer & Mnih, 2021). */
  @Override
  public boolean takesLayers(Bound bound) {
    return bound.power() == 0;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new ThroughDraws(bound.power());
  }
}
