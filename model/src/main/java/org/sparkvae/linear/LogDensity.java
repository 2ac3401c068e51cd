package org.sparkvae.linear;

import java.util.Arrays;

/**
 * log p(x) of images under a linear Gaussian model, exactly.
 *
 * <p>By the matrix inversion lemma, with M = I + W^T V^-1 W = L L^T and r = x - mean: log p(x) =
 * -1/2 (values log 2 pi + log |V| + log |M| + r^T V^-1 r - |L^-1 W^T V^-1 r|^2).
 */
public final class LogDensity {
  private final LinearGaussian model;
  private final double[][] precise;
  private final Factor factor;
  private final double constant;

  /** Of a model. */
  public LogDensity(LinearGaussian model) {
    this.model = model;
    precise = model.precise();
    factor = Factor.of(model.precision());
    double logVariances = Arrays.stream(model.variances()).map(Math::log).sum();
    constant =
        -0.5 * (model.values() * Math.log(2 * Math.PI) + logVariances + factor.logDeterminant());
  }

  /**
   * log p(x), nats.
   *
   * @param x [values]
   */
  public double of(float[] x) {
    double[] residual = new double[x.length];
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      residual[i] = x[i] - model.mean()[i];
      squares += residual[i] * residual[i] / model.variances()[i];
    }
    double[] explained = new double[model.latent()];
    for (int k = 0; k < explained.length; k++) {
      explained[k] = Products.dot(precise[k], residual);
    }
    factor.solveLower(explained);
    return constant - 0.5 * (squares - Products.dot(explained, explained));
  }

  /**
   * The mean of log p(x) over images, nats.
   *
   * @param images their mean and covariance
   */
  public double mean(Covariance images) {
    int values = model.values();
    double[] shift = new double[values];
    Arrays.setAll(shift, i -> images.mean()[i] - model.mean()[i]);
    double squares = 0;
    for (int i = 0; i < values; i++) {
      squares += (images.variance(i) + shift[i] * shift[i]) / model.variances()[i];
    }
    // tr(M^-1 W^T V^-1 (S + s s^T) V^-1 W)
    double[][] solved = factor.solve(precise);
    double explained = 0;
    double[] ofValue = new double[values];
    for (int i = 0; i < values; i++) {
      for (int j = 0; j < values; j++) {
        ofValue[j] = images.matrix()[i * values + j] + shift[i] * shift[j];
      }
      for (int k = 0; k < precise.length; k++) {
        explained += precise[k][i] * Products.dot(solved[k], ofValue);
      }
    }
    return constant - 0.5 * (squares - explained);
  }
}
