package org.sparkvae.estimator;

import java.util.Optional;
import org.sparkvae.bound.Bound;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * Reweighted wake-sleep with a wake phase for both networks: sum_k W_k d log p(x, z_k; theta) / d
 * theta for the model and sum_k W_k d log q(z_k|x; phi) / d phi for the posterior, at fixed draws,
 * W_k = w_k / sum_j w_j (Bornschein & Bengio, "Reweighted wake-sleep", 2015, eq. 5 and 9).
 *
 * <p>The model climbs the importance-weighted bound. The posterior does not: it comes nearer to
 * p(z|x) by the divergence KL(p(z|x) || q(z|x)), of which this is an estimate, and so no baseline
 * is needed.
 */
public record Rws() implements Estimator {
  @Override
  public Optional<String> misfit(Bound bound) {
    return Misfits.ofOneSample(bound);
  }

  @Override
  public boolean takesAnyDraws() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new Weighted(new HeldDraws());
  }

  private record Weighted(HeldDraws draws) implements ByHeldDraws {
    /** In place of the derivative by the log-weights' own log q. */
    @Override
    public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
      for (Rows logDensity : draws.logDensities()) {
        System.arraycopy(byLogWeight, 0, logDensity.gradient(), 0, byLogWeight.length);
      }
    }
  }
}
