package org.sparkvae.prior;

import static org.sparkvae.tensor.formula.Formula.column;
import static org.sparkvae.tensor.formula.Formula.value;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.posterior.FullCovariance;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;
import org.sparkvae.tensor.formula.Formula;

/**
 * A mixture of Gaussians of any covariance, p(z) = sum_k w_k N(z; m_k, C_k C_k^T), which is fitted
 * to codes when a model is trained, and not learned with it (Ghosh et al., "From variational to
 * deterministic autoencoders", 2020, section 4).
 *
 * <p>w = softmax of the parameters "logits" [1, K]; "gaussians" [K, 2 latent] are the means, then 2
 * log of C's diagonal; "links" [K, latent (latent - 1) / 2] is C below it, column by column. All
 * are 0 before the fit, which makes every Gaussian N(0, I). log p(z) is exact, in nats.
 *
 * @param components K, Gaussians
 * @param jitter added to the variance of each dimension of a fitted Gaussian
 * @param iterations of expectation-maximisation, at most
 * @param tolerance the least rise of the mean log p(z) of a code, nats, that another iteration
 *     follows
 */
public record FittedMixture(
    @Setting(
            says = "Gaussians of any covariance, fitted to the codes of all training images.",
            otherwise = "10",
            least = 1)
        int components,
    @Setting(
            says = "Added to the variance of each dimension of a fitted Gaussian.",
            otherwise = "1e-6",
            above = 0)
        double jitter,
    @Setting(
            says = "Iterations of expectation-maximisation, at most.",
            otherwise = "100",
            least = 1)
        int iterations,
    @Setting(
            says = "Iterations end where the mean log-density of a code rises by less, nats.",
            otherwise = "1e-5",
            least = 0)
        double tolerance)
    implements Serializable {
  private static final Start ZERO = new Start.Constant(0);
  private static final Formula.Operand VALUE = value("value");
  private static final Formula.Operand SHARE = column("share");

  /** Checks the numbers. */
  public FittedMixture {
    if (components < 1 || iterations < 1 || !(jitter > 0) || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "a mixture needs at least 1 component and 1 iteration, a jitter above 0 and a tolerance"
              + " of at least 0");
    }
  }

  /**
   * Records it.
   *
   * @param latent dimensions of z
   */
  public Scorable on(Recorder recorder, int latent) {
    Matrix logits = matrix(recorder, recorder.weight("logits", 1, components, ZERO));
    List<Matrix> members = new ArrayList<>();
    members.add(matrix(recorder, recorder.weight("gaussians", components, 2 * latent, ZERO)));
    if (latent > 1) {
      int links = Math.multiplyExact(latent, latent - 1) / 2;
      members.add(matrix(recorder, recorder.weight("links", components, links, ZERO)));
    }
    Matrix shares = HostLoop.of(recorder, List.of(logits), 1, components, new LogShares());
    return new On(recorder, latent, shares, List.copyOf(members));
  }

  private static Matrix matrix(Recorder recorder, Parameter parameter) {
    return recorder.map(VALUE, Map.of(VALUE, parameter));
  }

  /**
   * The mixture.
   *
   * @param shares log(K w_k), [1, K]
   * @param members the Gaussians as {@link FullCovariance} takes them, each [K, n]
   */
  private record On(Recorder recorder, int latent, Matrix shares, List<Matrix> members)
      implements Scorable {
    @Override
    public Drawn draw() {
      Matrix u = recorder.uniform(1);
      Matrix place = HostLoop.of(recorder, List.of(shares, u), u.rows(), 1, new Choice());
      List<Matrix> chosen =
          members.stream().map(member -> recorder.chosenRows(member, place)).toList();
      Matrix z = new FullCovariance().of(recorder, chosen, latent).draw().value();
      return new Drawn(z, logDensity(z));
    }

    @Override
    public Rows logDensity(Matrix z) {
      Matrix densities =
          new FullCovariance().of(recorder, members, latent).logDensities(z).orElseThrow();
      return recorder.logMeanExp(
          recorder.map(VALUE.plus(SHARE), Map.of(VALUE, densities, SHARE, shares)));
    }

    /** sum_k w_k m_k. */
    @Override
    public Matrix mean() {
      return HostLoop.of(
          recorder,
          List.of(shares, members.get(0)),
          recorder.images(),
          latent,
          new Mean(shares.columns(), latent));
    }
  }

  /** w_k from log(K w_k). */
  private static double weight(double[] shares, int k) {
    return Math.exp(shares[k]) / shares.length;
  }

  /** log(K w_k) = logit_k - log mean exp of all logits: [1, K] -> [1, K]. */
  private record LogShares() implements HostLoop.Body {
    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      double largest = Arrays.stream(in[0]).max().orElseThrow();
      double sum = Arrays.stream(in[0]).map(logit -> Math.exp(logit - largest)).sum();
      double mean = largest + Math.log(sum / out.length);
      Arrays.setAll(out, k -> in[0][k] - mean);
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      double sum = Arrays.stream(byOut).sum();
      for (int k = 0; k < out.length; k++) {
        byIn[0][k] += byOut[k] - sum * weight(out, k);
      }
    }
  }

  /**
   * The component that a uniform number chooses, as the middle of its part where all parts are
   * alike: shares [1, K], u [rows, 1] -> (k + 1/2) / K, w_1 + ... + w_k being the first sum above
   * u.
   */
  private record Choice() implements HostLoop.Body {
    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      int last = in[0].length - 1;
      double[] sums = new double[last + 1];
      double sum = 0;
      for (int k = 0; k <= last; k++) {
        sum += weight(in[0], k);
        sums[k] = sum;
      }
      for (int row = 0; row < out.length; row++) {
        int k = 0;
        while (k < last && sums[k] <= in[1][row]) {
          k++;
        }
        out[row] = (k + 0.5) / in[0].length;
      }
    }

    /** A step has no derivative. */
    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {}
  }

  /**
   * The mean of the Gaussians' means by their weights, repeated: shares [1, K] and the Gaussians
   * [K, 2 latent] -> [rows, latent].
   */
  private record Mean(int components, int latent) implements HostLoop.Body {
    @Override
    public void forward(double[][] in, double[] out, double[] rows) {
      for (int at = 0; at < out.length; at++) {
        double mean = 0;
        for (int k = 0; k < components; k++) {
          mean += weight(in[0], k) * in[1][2 * k * latent + at % latent];
        }
        out[at] = mean;
      }
    }

    @Override
    public void backward(
        double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
      for (int at = 0; at < out.length; at++) {
        for (int k = 0; k < components; k++) {
          int mean = 2 * k * latent + at % latent;
          byIn[0][k] += byOut[at] * weight(in[0], k) * in[1][mean];
          byIn[1][mean] += byOut[at] * weight(in[0], k);
        }
      }
    }
  }
}
