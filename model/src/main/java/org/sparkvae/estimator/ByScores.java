package org.sparkvae.estimator;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * Derivatives by the posterior's parameters through the log-densities of fixed draws, those of all
 * latent variables alike, each weighted by the sample's signal.
 */
final class ByScores implements Estimation {
  private final Signals signals;
  private final HeldDraws draws = new HeldDraws();

  ByScores(Signals signals) {
    this.signals = signals;
  }

  @Override
  public Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
    return draws.from(recorder, q, held);
  }

  @Override
  public void beside(Recorder recorder, Shape shape, Matrix images) {
    signals.beside(recorder, shape, images);
  }

  @Override
  public List<Rows> rows() {
    return Stream.concat(draws.logDensities().stream(), signals.rows().stream()).toList();
  }

  @Override
  public boolean steersByLogWeights() {
    return true;
  }

  @Override
  public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
    double[] signal = signals.of(logWeights, byLogWeight);
    for (Rows logDensity : draws.logDensities()) {
      for (int r = 0; r < signal.length; r++) {
        logDensity.gradient()[r] = byLogWeight[r] * signal[r];
      }
    }
  }
}
