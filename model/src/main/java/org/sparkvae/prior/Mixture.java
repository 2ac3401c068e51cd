package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.row;
import static org.sparkvae.tensor.formula.Formula.value;
import static org.sparkvae.tensor.formula.Function.EXP;
import static org.sparkvae.tensor.formula.Function.NEGATE;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.density.GaussianFormula;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.Argument;
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
 * A mixture of Gaussians of independent dimensions, p(z) = sum_k w_k N(z; m_k, diag exp(s_k)), all
 * learned: the prior that Tomczak & Welling set beside theirs ("VAE with a VampPrior", 2018), whose
 * weights are all 1 / K.
 *
 * <p>w = softmax of the parameters "logits" [K]; "means" and "log-variances" are [K, latent]. log
 * p(z) is exact, in nats: a log-sum-exp over the components. A draw is one of the component that a
 * uniform number chooses by the weights; no derivative tells how the choice depends on them.
 *
 * @param components K, Gaussians
 */
public record Mixture(
    @Setting(
            says = "Gaussians, of which the weights, means and variances are learned.",
            otherwise = "500",
            least = 1)
        int components)
    implements Prior {
  private static final Formula.Operand Z = value("z");
  private static final Formula.Operand MEAN = value("mean");
  private static final Formula.Operand LOG_VARIANCE = value("log-variance");
  private static final Formula.Operand SHARE = row("share");
  private static final Formula.Operand NOISE = value("noise");
  private static final Formula PRECISION = LOG_VARIANCE.apply(NEGATE).apply(EXP);
  private static final Formula DRAWN = LOG_VARIANCE.times(0.5).apply(EXP).times(NOISE).plus(MEAN);

  /** Apart, since components that are the same have the same derivatives, and stay the same. */
  private static final Start SPREAD = new Start.Scattered(new Start.Constant(0), 0.5f);

  /** Checks the number. */
  public Mixture {
    if (components < 1) {
      throw new IllegalArgumentException("components must be at least 1, but is " + components);
    }
  }

  @Override
  public Scorable on(Recorder recorder, int latent, Amortised posterior) {
    Parameter logits = recorder.vector("logits", components, new Start.Constant(0));
    Rows shares = recorder.rows(components);
    recorder.then(new Shares(logits, shares), shares);
    Parameter means = recorder.weight("means", components, latent, SPREAD);
    Parameter logVariances =
        recorder.weight("log-variances", components, latent, new Start.Constant(0));
    return new On(recorder, shares, means, logVariances);
  }

  /**
   * The mixture.
   *
   * @param shares log(K w_k), [K]
   * @param means [K, latent]
   * @param logVariances [K, latent]
   */
  private record On(Recorder recorder, Rows shares, Parameter means, Parameter logVariances)
      implements Scorable {
    @Override
    public Drawn draw() {
      Matrix noise = recorder.normal(means.columns());
      Matrix uniform = recorder.uniform(1);
      Matrix place = recorder.variable(uniform.rows(), 1);
      recorder.then(new Choice(shares, uniform, place), place);
      Matrix z =
          recorder.map(
              DRAWN,
              Map.of(
                  NOISE, noise,
                  MEAN, chosen(means, place),
                  LOG_VARIANCE, chosen(logVariances, place)));
      return new Drawn(z, logDensity(z));
    }

    private Matrix chosen(Parameter rows, Matrix place) {
      return recorder.chosenRows(recorder.map(MEAN, Map.of(MEAN, rows)), place);
    }

    /**
     * The squares are multiplied out, as by {@code DiagonalGaussian}: inner products of z^2 with -1
     * / 2v and of z with m / v, and an offset of each component. It tells what that costs.
     */
    @Override
    public Rows logDensity(Matrix z) {
      Map<Formula.Operand, Argument> gaussian = Map.of(MEAN, means, LOG_VARIANCE, logVariances);
      Matrix halfPrecision =
          recorder.map(PRECISION.times(-0.5), Map.of(LOG_VARIANCE, logVariances));
      Matrix scaledMean = recorder.map(MEAN.times(PRECISION), gaussian);
      // Its columns are summed, so that each has a part of the share.
      Formula offset =
          GaussianFormula.logDensity(MEAN.squared().times(PRECISION), LOG_VARIANCE)
              .plus(SHARE.times(1.0 / means.columns()));
      Matrix offsets =
          recorder.map(offset, Map.of(MEAN, means, LOG_VARIANCE, logVariances, SHARE, shares));
      Matrix squares = recorder.map(Z.squared(), Map.of(Z, z));
      return recorder.logMeanExp(
          recorder.innerProducts(List.of(squares, z), List.of(halfPrecision, scaledMean), offsets));
    }

    /** sum_k w_k m_k. */
    @Override
    public Matrix mean() {
      Matrix out = recorder.variable(recorder.images(), means.columns());
      return recorder.then(new Mean(shares, means, out), out);
    }
  }

  /**
   * The component that a uniform number in [0, 1) chooses, as the middle of its part where all
   * parts are alike: u [rows, 1] -> (k + 1/2) / K, w_1 + ... + w_k being the first sum above u.
   */
  private record Choice(Rows shares, Matrix u, Matrix out) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(shares, u);
    }

    @Override
    public boolean hasParameters() {
      return false;
    }

    @Override
    public void forward(Kernels kernels) {
      int last = shares.count() - 1;
      double[] sums = new double[last];
      double sum = 0;
      for (int k = 0; k < last; k++) {
        sum += Shares.weight(shares, k);
        sums[k] = sum;
      }
      for (int r = 0; r < out.rows(); r++) {
        double number = u.value().getDouble(r, 0);
        int k = 0;
        while (k < last && sums[k] <= number) {
          k++;
        }
        out.value().putScalar(r, 0, (k + 0.5) / shares.count());
      }
    }

    /** A step has no derivative. */
    @Override
    public void backward(Kernels kernels) {}
  }

  /** The mean of the components' means by their weights, repeated: [K, n] -> [rows, n]. */
  private record Mean(Rows shares, Parameter means, Matrix out) implements Operation {
    @Override
    public List<Node> inputs() {
      return List.of(shares);
    }

    private INDArray weights() {
      INDArray weights = Nd4j.create(means.value().dataType(), 1, shares.count());
      for (int k = 0; k < shares.count(); k++) {
        weights.putScalar(k, Shares.weight(shares, k));
      }
      return weights;
    }

    @Override
    public void forward(Kernels kernels) {
      out.value().assign(0).addiRowVector(weights().mmul(means.value()).reshape(out.columns()));
    }

    @Override
    public void backward(Kernels kernels) {
      INDArray by = out.gradient().sum(true, 0);
      if (shares.gradient() != null) {
        boolean first = shares.claim() == 0;
        INDArray along = means.value().mmul(by.transpose());
        for (int k = 0; k < shares.count(); k++) {
          double share = Shares.weight(shares, k) * along.getDouble(k);
          shares.gradient()[k] = first ? share : shares.gradient()[k] + share;
        }
      }
      if (means.differentiable()) {
        INDArray share = weights().transpose().mmul(by);
        if (means.claim() == 0) {
          means.gradient().assign(share);
        } else {
          means.gradient().addi(share);
        }
      }
    }
  }
}
