package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.NEGATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.density.GaussianFormula;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Made;
import org.sparkvae.tensor.Argument;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * Gaussians of one dimension after the other, p(z) = prod_i N(z_i; m_i, exp(s_i)), where m_i and
 * s_i are outputs of a {@link Made} of z_1 to z_(i - 1): the masked autoregressive density of
 * Papamakarios et al. ("Masked Autoregressive Flow for Density Estimation", 2017, eq. 3), as the
 * prior of a VAE in Chen et al. ("Variational Lossy Autoencoder", 2017, section 3.2).
 *
 * <p>log p(z) takes one pass of the network, a draw as many as z has dimensions. The code that
 * stands for the distribution is the draw of noise 0; it is not the mean.
 *
 * @param hidden widths of the network's hidden layers
 * @param activation after each hidden layer
 */
public record Autoregressive(
    @Setting(
            says = "Widths of the hidden layers of the masked network, one at least.",
            otherwise = "[320]",
            least = 1)
        List<Integer> hidden,
    @Setting(says = "After each hidden layer.", otherwise = "elu", not = "identity")
        Activation activation)
    implements Prior {
  private static final List<Made.Output> OUTPUTS =
      List.of(new Made.Output("mean", 0), new Made.Output("log-variance", 0));
  private static final Formula.Operand BIAS = value("bias");
  private static final Formula.Operand Z = value("z");
  private static final Formula.Operand MEAN = value("mean");
  private static final Formula.Operand LOG_VARIANCE = value("log-variance");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula ERROR = Z.minus(MEAN);
  private static final Formula NATS =
      GaussianFormula.logDensity(
          ERROR.squared().times(LOG_VARIANCE.apply(NEGATE).apply(EXP)), LOG_VARIANCE);
  private static final Formula DRAWN = LOG_VARIANCE.times(0.5).apply(EXP).times(NOISE).plus(MEAN);
  private static final Formula NOISE_OF = ERROR.times(LOG_VARIANCE.times(-0.5).apply(EXP));

  /** Checks the widths. */
  public Autoregressive {
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty() || hidden.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "hidden needs one width or more, each at least 1, but is " + hidden);
    }
  }

  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    Parameter bias = recorder.at("0").vector("bias", hidden.get(0), new Start.Constant(0));
    // No image tells anything: the context is the same for all.
    Matrix context = recorder.map(BIAS, Map.of(BIAS, bias));
    Made network =
        new Made(recorder, latent, hidden, activation, Made.Order.FORWARD, context, OUTPUTS);
    return new On(recorder, latent, network);
  }

  private record On(Recorder recorder, int latent, Made network) implements Scorable {
    @Override
    public Drawn draw() {
      Matrix z = of(recorder.normal(latent));
      return new Drawn(z, logDensity(z));
    }

    /** What noise becomes, [rows, latent]. */
    private Matrix of(Matrix noise) {
      int rows = noise.rows();
      List<Matrix> known = new ArrayList<>();
      Matrix z = recorder.constant(rows, latent);
      for (int d = 0; d < latent; d++) {
        List<Matrix> outputs = network.of(z);
        known.add(
            recorder.map(
                DRAWN,
                Map.of(
                    NOISE, noise.range(d, 1),
                    MEAN, outputs.get(0).range(d, 1),
                    LOG_VARIANCE, outputs.get(1).range(d, 1))));
        List<Matrix> all = new ArrayList<>(known);
        if (d + 1 < latent) {
          all.add(recorder.constant(rows, latent - d - 1));
        }
        z = recorder.sideBySide(all);
      }
      return z;
    }

    @Override
    public Rows logDensity(Matrix z) {
      return recorder.sumOverColumns(NATS, arguments(z));
    }

    private Map<Formula.Operand, Argument> arguments(Matrix z) {
      List<Matrix> outputs = network.of(z);
      return Map.of(Z, z, MEAN, outputs.get(0), LOG_VARIANCE, outputs.get(1));
    }

    @Override
    public Optional<Matrix> noiseOf(Matrix draw) {
      return Optional.of(recorder.map(NOISE_OF, arguments(draw)));
    }

    @Override
    public Matrix mean() {
      return of(recorder.constant(recorder.images(), latent));
    }
  }
}
