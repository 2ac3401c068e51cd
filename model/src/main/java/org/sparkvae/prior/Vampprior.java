package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.POSITIVE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The mixture of the posteriors of learned pseudo-inputs, p(z) = 1/K sum_k q(z|u_k) (Tomczak &
 * Welling, "VAE with a VampPrior", 2018, section 3).
 *
 * <p>u_k = min(max(w_k, 0), 1), where w [K, values] are the parameters "pseudo-inputs"; the encoder
 * and its parameters are the posterior's own. log p(z) is exact, in nats: a log-mean-exp over the K
 * log-densities.
 *
 * <p>Dropout leaves pseudo-inputs whole. Under batch normalisation a step of training normalises
 * them by their own moments, and scoring by those of the images: what is scored then differs from
 * what was trained.
 *
 * @param components K, pseudo-inputs
 */
public record Vampprior(
    @Setting(
            says = "Learned pseudo-inputs, each of which is encoded at every step.",
            otherwise = "500",
            least = 1)
        int components)
    implements Prior {
  private static final String NEED = "that tells the density of any z";
  private static final Formula.Operand WEIGHT = value("weight");

  /** min(max(w, 0), 1), which has no derivative outside. */
  private static final Formula CLIPPED =
      WEIGHT.apply(POSITIVE).minus(WEIGHT.minus(1).apply(POSITIVE));

  /**
   * As in the authors' experiments: nearly black, and noise that tells the pseudo-inputs apart.
   * Beyond the ends of the clip there would be no derivative.
   */
  private static final Start START = new Start.Scattered(new Start.Constant(0.05f), 0.01f);

  /** Checks the number. */
  public Vampprior {
    if (components < 1) {
      throw new IllegalArgumentException("components must be at least 1, but is " + components);
    }
  }

  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    Parameter weights = recorder.weight("pseudo-inputs", components, posterior.values(), START);
    Matrix inputs = recorder.map(CLIPPED, Map.of(WEIGHT, weights));
    return new On(recorder, posterior, inputs, posterior.of(inputs));
  }

  @Override
  public boolean asksForPosterior() {
    return true;
  }

  @Override
  public Optional<String> missing(Samplable q) {
    return q.logDensities(q.mean()).isPresent() ? Optional.empty() : Optional.of(NEED);
  }

  /**
   * The mixture.
   *
   * @param inputs u, [K, values]
   * @param members q(z|u_k)
   */
  private record On(Recorder recorder, Amortised posterior, Matrix inputs, Samplable members)
      implements Scorable {
    /** A member chosen by a uniform number, and a draw of it. */
    @Override
    public Drawn draw() {
      Matrix chosen = recorder.chosenRows(inputs, recorder.uniform(1));
      Matrix z = posterior.of(chosen).draw().value();
      return new Drawn(z, logDensity(z));
    }

    @Override
    public Rows logDensity(Matrix z) {
      Matrix densities =
          members
              .logDensities(z)
              .orElseThrow(
                  () -> new IllegalArgumentException("a VampPrior needs a posterior " + NEED));
      return recorder.logMeanExp(densities);
    }

    /** The mean of the members' means. */
    @Override
    public Matrix mean() {
      Matrix means = members.mean();
      Matrix out = recorder.variable(recorder.images(), means.columns());
      return recorder.then(new Mean(means, out), out);
    }
  }

  /** The mean of all rows, repeated: x [n, columns] -> [rows, columns]. */
  private record Mean(Matrix x, Matrix out) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(x);
    }

    @Override
    public boolean hasParameters() {
      return false;
    }

    @Override
    public void forward(Kernels kernels) {
      out.value().assign(0);
      out.value().addiRowVector(x.value().mean(0));
    }

    @Override
    public void backward(Kernels kernels) {
      if (x.gradient() == null) {
        return;
      }
      INDArray share = out.gradient().sum(0).divi(x.rows());
      if (x.claim() == 0) {
        x.gradient().assign(0);
      }
      x.gradient().addiRowVector(share);
    }
  }
}
