package org.sparkvae.linear;

/** Products of matrices of few rows, each row an array. */
final class Products {
  private Products() {}

  /** A B^T, of [m][n] and [k][n]. */
  static double[][] inner(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        product[i][j] = dot(a[i], b[j]);
      }
    }
    return product;
  }

  /** A B, of [m][k] and [k][n]. */
  static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        double factor = a[i][k];
        double[] row = b[k];
        double[] sum = product[i];
        for (int j = 0; j < sum.length; j++) {
          sum[j] += factor * row[j];
        }
      }
    }
    return product;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
