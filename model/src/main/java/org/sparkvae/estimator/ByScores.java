package org.sparkvae.estimator;

import java.util.List;
import java.util.stream.Stream;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * Derivatives by the posterior's parameters through the log-densities of fixed draws, those of all
 * latent variables alike, each weighted by the sample's signal.
 */
record ByScores(Signals signals, HeldDraws draws) implements ByHeldDraws {
  ByScores(Signals signals) {
    this(signals, new HeldDraws());
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
  public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
    double[] signal = signals.of(logWeights, byLogWeight);
    for (Rows logDensity : draws.logDensities()) {
      for (int r = 0; r < signal.length; r++) {
        logDensity.gradient()[r] = byLogWeight[r] * signal[r];
      }
    }
  }
}
