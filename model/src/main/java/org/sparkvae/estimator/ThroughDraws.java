package org.sparkvae.estimator;

import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;

/**
 * Derivatives by the posterior's parameters flow through the draws alone, those of each sample
 * multiplied by 1 - b p (1 - W): the density of the draws is that of the posterior with parameters
 * held constant.
 */
final class ThroughDraws implements Estimation {
  private static final Formula.Operand Z = value("z");
  private static final Formula.Operand HELD = value("held");
  private static final Formula.Operand FACTOR = row("factor");

  /** z, whose derivative by z is the factor. */
  private static final Formula SCALED = HELD.plus(FACTOR.times(Z.minus(HELD)));

  private final double power;
  private final List<Rows> factors = new ArrayList<>();

  /**
   * Of a bound that weighs samples by powers of w.
   *
   * @param power p; 0 where it weighs all alike
   */
  ThroughDraws(double power) {
    this.power = power;
  }

  @Override
  public Drawn from(Recorder recorder, Samplable q, Supplier<Samplable> held) {
    Matrix z = scaled(recorder, q.draw().value());
    Rows logDensity =
        held.get()
            .logDensityOf(z)
            .orElseThrow(
                () -> new IllegalArgumentException("the posterior cannot score a given draw"));
    return new Drawn(z, logDensity);
  }

  private Matrix scaled(Recorder recorder, Matrix z) {
    if (power == 0) {
      return z;
    }
    Rows factor = recorder.rows(z.rows());
    factors.add(factor);
    return recorder.map(SCALED, Map.of(Z, z, HELD, recorder.held(z), FACTOR, factor));
  }

  @Override
  public List<Rows> steering() {
    return List.copyOf(factors);
  }

  @Override
  public void steer(double klWeight, double scale, double[] logWeights, double[] byLogWeight) {
    for (Rows factor : factors) {
      for (int r = 0; r < byLogWeight.length; r++) {
        factor.value()[r] = 1 - klWeight * power * (1 - byLogWeight[r] / scale);
      }
    }
  }
}
