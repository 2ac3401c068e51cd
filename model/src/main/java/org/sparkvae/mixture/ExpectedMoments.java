package org.sparkvae.mixture;

import java.io.Serializable;
import org.sparkvae.prior.Gaussians;

/**
 * How vectors are shared among a mixture's components, as sums over the vectors: what the
 * expectation step hands to the maximisation step (Dempster et al., 1977).
 *
 * <p>Moments are about the means of the mixture that they were found with. A plain class: Spark's
 * Kryo cannot write records.
 */
public final class ExpectedMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A component that has less of all vectors than this stays as it is. */
  private static final double LEAST_SHARE = 1e-8;

  private final double[] shares;
  private final double[][] firsts;

  /** Below and on the diagonal. */
  private final double[][][] seconds;

  private long vectors;
  private double logDensity;

  /** Of no vectors. */
  ExpectedMoments(int components, int dimensions) {
    shares = new double[components];
    firsts = new double[components][dimensions];
    seconds = new double[components][dimensions][];
    for (double[][] lower : seconds) {
      for (int i = 0; i < dimensions; i++) {
        lower[i] = new double[i + 1];
      }
    }
  }

  /** Counts a vector of a log-density. */
  void count(double ofOne) {
    vectors++;
    logDensity += ofOne;
  }

  /** Adds a part of a vector to a component. */
  void add(int component, double share, double[] centred) {
    shares[component] += share;
    addScaled(share, centred, firsts[component]);
    double[][] lower = seconds[component];
    for (int i = 0; i < centred.length; i++) {
      addScaled(share * centred[i], centred, lower[i]);
    }
  }

  /** Adds those of other vectors to these, and returns these. */
  public ExpectedMoments add(ExpectedMoments others) {
    vectors += others.vectors;
    logDensity += others.logDensity;
    addScaled(1, others.shares, shares);
    for (int k = 0; k < shares.length; k++) {
      addScaled(1, others.firsts[k], firsts[k]);
      for (int i = 0; i < firsts[k].length; i++) {
        addScaled(1, others.seconds[k][i], seconds[k][i]);
      }
    }
    return this;
  }

  private static void addScaled(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /** Mean log-density of the vectors under the mixture that shared them, nats. */
  public double logDensity() {
    return logDensity / vectors;
  }

  /**
   * The mixture of maximum likelihood for the shares.
   *
   * @param before the mixture that they were found with
   */
  public Gaussians maximise(Gaussians before) {
    int components = shares.length;
    int dimensions = firsts[0].length;
    double[] weights = new double[components];
    double[][] means = before.means().clone();
    double[][][] covariances = before.covariances().clone();
    for (int k = 0; k < components; k++) {
      weights[k] = shares[k] / vectors;
      if (shares[k] < LEAST_SHARE) {
        continue;
      }
      means[k] = new double[dimensions];
      covariances[k] = new double[dimensions][dimensions];
      for (int i = 0; i < dimensions; i++) {
        double shift = firsts[k][i] / shares[k];
        means[k][i] = before.means()[k][i] + shift;
        for (int j = 0; j <= i; j++) {
          double covariance = seconds[k][i][j] / shares[k] - shift * firsts[k][j] / shares[k];
          covariances[k][i][j] = covariance;
          covariances[k][j][i] = covariance;
        }
      }
    }
    return new Gaussians(weights, means, covariances);
  }
}
