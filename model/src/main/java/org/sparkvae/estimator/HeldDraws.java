package org.sparkvae.estimator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/** Draws that no derivative flows through, and their log-densities, through which they flow. */
final class HeldDraws implements Draws {
  private final List<Rows> logDensities = new ArrayList<>();

  @Override
  public Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
    Matrix z = recorder.held(q.draw().value());
    Rows logDensity =
        q.logDensityOf(z)
            .orElseThrow(
                () -> new IllegalArgumentException("the posterior cannot score a given draw"));
    logDensities.add(logDensity);
    return new Drawn(z, logDensity, false);
  }

  /** Of all latent variables so far, each [samples * images], nats. */
  List<Rows> logDensities() {
    return logDensities;
  }
}
