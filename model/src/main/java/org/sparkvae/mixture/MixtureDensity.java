package org.sparkvae.mixture;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkvae.linear.Factor;
import org.sparkvae.prior.Gaussians;

/**
 * The density of a mixture of Gaussians, p(z) = sum_k w_k N(z; m_k, S_k).
 *
 * <p>A plain class: Spark's Kryo cannot write records.
 */
public final class MixtureDensity implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] means;
  private final double[][][] factors;

  /** log w_k - log((2 pi)^(n/2) |S_k|^(1/2)). */
  private final double[] constants;

  private MixtureDensity(double[][] means, double[][][] factors, double[] constants) {
    this.means = means;
    this.factors = factors;
    this.constants = constants;
  }

  /**
   * That of a mixture.
   *
   * @param jitter above 0, added to the diagonals of the covariances as in {@link Factor#lifted}
   */
  public static MixtureDensity of(Gaussians mixture, double jitter) {
    int components = mixture.weights().length;
    double[][][] factors = new double[components][][];
    double[] constants = new double[components];
    for (int k = 0; k < components; k++) {
      Factor factor = Factor.lifted(mixture.covariances()[k], jitter);
      factors[k] = factor.lower();
      constants[k] =
          Math.log(mixture.weights()[k])
              - (factors[k].length * Math.log(2 * Math.PI) + factor.logDeterminant()) / 2;
    }
    return new MixtureDensity(mixture.means(), factors, constants);
  }

  int components() {
    return means.length;
  }

  /** Dimensions of a vector. */
  int dimensions() {
    return means[0].length;
  }

  /** The component that most probably made a vector. */
  public int mostProbable(double[] vector) {
    double[][] terms = terms(new double[][] {vector}, 1);
    return IntStream.range(0, terms.length)
        .reduce(0, (best, k) -> terms[k][0] > terms[best][0] ? k : best);
  }

  /** log(w_k N(z; m_k, S_k)) of the first so many of some vectors, nats, [components][count]. */
  double[][] terms(double[][] vectors, int count) {
    double[][] terms = new double[means.length][count];
    double[][] columns = new double[dimensions()][count];
    for (int k = 0; k < means.length; k++) {
      for (int d = 0; d < columns.length; d++) {
        for (int i = 0; i < count; i++) {
          columns[d][i] = vectors[i][d] - means[k][d];
        }
      }
      new Factor(factors[k]).solveLower(columns);
      double[] of = terms[k];
      Arrays.fill(of, constants[k]);
      for (double[] column : columns) {
        for (int i = 0; i < count; i++) {
          of[i] -= column[i] * column[i] / 2;
        }
      }
    }
    return terms;
  }

  /** What a vector has more than a component's mean. */
  void centre(double[] vector, int component, double[] centred) {
    double[] mean = means[component];
    for (int d = 0; d < mean.length; d++) {
      centred[d] = vector[d] - mean[d];
    }
  }
}
