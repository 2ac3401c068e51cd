package org.sparkvae.density;

import static org.sparkvae.host.HostFloats.bytes;
import static org.sparkvae.tensor.formula.Formula.number;
import static org.sparkvae.tensor.formula.Formula.value;

import java.util.Map;
import org.sparkvae.host.HostFloats;
import org.sparkvae.tensor.Computation;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/** log N(z; 0, I) per row: -1/2 sum_d (log 2 pi + z_d^2). */
public final class StandardNormalLogDensity {
  private static final Formula.Operand Z = value("z");
  private static final Formula NATS = GaussianFormula.logDensity(Z.squared(), number(0));

  private StandardNormalLogDensity() {}

  /**
   * Records it, [rows].
   *
   * @param z [rows, latent]
   */
  public static Rows of(Recorder recorder, Matrix z) {
    return recorder.sumOverColumns(NATS, Map.of(Z, z), out -> new Loops(z, out));
  }

  private record Loops(Matrix z, Rows out) implements Computation {
    @Override
    public void forward(Kernels kernels) {
      new VectorGaussian(z.rows(), z.columns()).standardLogDensity(bytes(z.value()), out.value());
      HostFloats.keep(z.value());
    }

    @Override
    public void backward(Kernels kernels) {
      if (z.gradient() != null) {
        new VectorGaussian(z.rows(), z.columns())
            .standardLogDensityBackward(
                bytes(z.value()), out.gradient(), z.claim(), bytes(z.gradient()));
        HostFloats.keep(z.value(), z.gradient());
      }
    }
  }
}
