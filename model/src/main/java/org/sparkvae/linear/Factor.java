package org.sparkvae.linear;

import java.util.Arrays;

/**
 * The Cholesky factor of a positive definite matrix M = L L^T.
 *
 * @param lower L, [n][n]
 */
public record Factor(double[][] lower) {
  private static final double ROUNDING = 1e-6;

  /**
   * That of a matrix.
   *
   * @throws IllegalStateException where the matrix is not positive definite
   */
  public static Factor of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(rest > 0)) {
          throw new IllegalStateException("the matrix is not positive definite");
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return new Factor(lower);
  }

  /**
   * That of a covariance of which rounding may leave no positive definite one: the least of jitter,
   * 10 jitter, 100 jitter, ... by which it is one is added to its diagonal.
   *
   * @param jitter above 0
   * @throws IllegalStateException where a millionth of the largest variance is not enough
   */
  public static Factor lifted(double[][] covariance, double jitter) {
    double most = 0;
    for (int i = 0; i < covariance.length; i++) {
      most = Math.max(most, ROUNDING * covariance[i][i]);
    }
    double lift = jitter;
    while (true) {
      double[][] lifted = new double[covariance.length][];
      for (int i = 0; i < lifted.length; i++) {
        lifted[i] = covariance[i].clone();
        lifted[i][i] += lift;
      }
      try {
        return of(lifted);
      } catch (IllegalStateException e) {
        lift *= 10;
        if (!(lift <= most)) {
          throw e;
        }
      }
    }
  }

  /** log |M|. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += 2 * Math.log(lower[i][i]);
    }
    return sum;
  }

  /** L^-1 v, in place. */
  void solveLower(double[] v) {
    for (int i = 0; i < v.length; i++) {
      double rest = v[i];
      for (int k = 0; k < i; k++) {
        rest -= lower[i][k] * v[k];
      }
      v[i] = rest / lower[i][i];
    }
  }

  /** L^-1 B, of rows [n][m], in place. */
  public void solveLower(double[][] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) {
        subtract(lower[i][k], b[k], b[i]);
      }
      divide(b[i], lower[i][i]);
    }
  }

  /** M^-1 B, of rows [n][m], a fresh array. */
  double[][] solve(double[][] b) {
    int n = lower.length;
    double[][] x = Arrays.stream(b).map(double[]::clone).toArray(double[][]::new);
    solveLower(x);
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        subtract(lower[k][i], x[k], x[i]);
      }
      divide(x[i], lower[i][i]);
    }
    return x;
  }

  /** M^-1. */
  public double[][] inverse() {
    double[][] identity = new double[lower.length][lower.length];
    for (int i = 0; i < identity.length; i++) {
      identity[i][i] = 1;
    }
    return solve(identity);
  }

  private static void subtract(double factor, double[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] -= factor * from[j];
    }
  }

  private static void divide(double[] row, double by) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= by;
    }
  }
}
