package org.sparkvae.linear;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Factor analysis by the EM algorithm on the images' covariance S (Rubin & Thayer, "EM algorithms
 * for ML factor analysis", 1982; in the form of Ghahramani & Hinton, 1996, eqs. 5 and 6).
 *
 * <p>With V = diag(variances), M = I + W^T V^-1 W and B = M^-1 W^T V^-1, the regression of z on x:
 * E[z z^T] = M^-1 + B S B^T over the images, W becomes S B^T E[z z^T]^-1, and V the diagonal of S -
 * W B S, but no variance less than a least one. Given W, what is maximised has one peak in each
 * variance, so that the likelihood does not fall by that either. It starts from probabilistic PCA,
 * each value's noise being what that leaves.
 */
public final class FactorEm implements AutoCloseable {
  private final Covariance images;
  private final double least;
  private final DoublePointer covariance;
  private final DoublePointer left;
  private final DoublePointer product;
  private LinearGaussian model;
  private double logLikelihood;
  private Factor precision;
  private double[][] regression;
  private double[][] explained;

  /**
   * Before the first step.
   *
   * @param latent dimensions of z, below the images' values
   * @param least the least variance of a value's noise
   */
  public FactorEm(Covariance images, int latent, double least) {
    this.images = images;
    this.least = least;
    covariance = new DoublePointer(images.matrix());
    left = new DoublePointer((long) latent * images.values());
    product = new DoublePointer((long) latent * images.values());
    LinearGaussian components = PrincipalComponents.of(images, latent, least);
    take(components.loadings(), components.loadings());
  }

  /** The model so far. */
  public LinearGaussian model() {
    return model;
  }

  /** The mean over the images of log p(x) under it, nats. */
  public double logLikelihood() {
    return logLikelihood;
  }

  /** Takes a step. */
  public void step() {
    double[][] squares = Products.inner(explained, regression);
    double[][] covarianceOfCode = precision.inverse();
    for (int k = 0; k < squares.length; k++) {
      for (int l = 0; l < squares.length; l++) {
        squares[k][l] += covarianceOfCode[k][l];
      }
    }
    take(Factor.of(squares).solve(explained), explained);
  }

  /**
   * Takes W^T, and the variances that it leaves.
   *
   * @param with which W is multiplied for what it explains of S, [latent][values]
   */
  private void take(double[][] loadings, double[][] with) {
    double[] variances = new double[images.values()];
    for (int i = 0; i < variances.length; i++) {
      double left = images.variance(i);
      for (int k = 0; k < loadings.length; k++) {
        left -= loadings[k][i] * with[k][i];
      }
      variances[i] = Math.max(least, left);
    }
    model = new LinearGaussian(images.mean(), loadings, variances);
    expect();
  }

  /** Sets what follows from the model: M, B, B S and the likelihood. */
  private void expect() {
    double[][] precise = model.precise();
    precision = Factor.of(model.precision());
    regression = precision.solve(precise);
    explained = timesCovariance(regression);
    double squares = 0;
    for (int i = 0; i < images.values(); i++) {
      squares += images.variance(i) / model.variances()[i];
    }
    for (int k = 0; k < precise.length; k++) {
      squares -= Products.dot(precise[k], explained[k]);
    }
    double logVariances = Arrays.stream(model.variances()).map(Math::log).sum();
    logLikelihood =
        -0.5
            * (images.values() * Math.log(2 * Math.PI)
                + logVariances
                + precision.logDeterminant()
                + squares);
  }

  private double[][] timesCovariance(double[][] rows) {
    int values = images.values();
    for (int k = 0; k < rows.length; k++) {
      left.position((long) k * values).put(rows[k]);
    }
    left.position(0);
    cblas_dgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows.length,
        values,
        values,
        1,
        left,
        values,
        covariance,
        values,
        0,
        product,
        values);
    double[][] result = new double[rows.length][values];
    for (int k = 0; k < rows.length; k++) {
      product.position((long) k * values).get(result[k]);
    }
    product.position(0);
    return result;
  }

  @Override
  public void close() {
    covariance.close();
    left.close();
    product.close();
  }
}
