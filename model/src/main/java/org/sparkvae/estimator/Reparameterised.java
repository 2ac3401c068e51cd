package org.sparkvae.estimator;

import java.util.function.Supplier;
import org.sparkvae.bound.Bound;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Recorder;

/**
 * The whole derivative of the log-weights of draws that are maps of noise, z = f(e; phi): through
 * the draw and through the posterior's density (Kingma & Welling, 2014, section 2.4).
 */
public record Reparameterised() implements Estimator {
  @Override
  public boolean scoresDraws() {
    return false;
  }

  @Override
  public boolean allowsClosedKl() {
    return true;
  }

  @Override
  public Estimation on(Recorder recorder, Bound bound) {
    return new Whole();
  }

  private record Whole() implements Estimation {
    @Override
    public Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
      return PLAIN.from(recorder, q, held);
    }
  }
}
