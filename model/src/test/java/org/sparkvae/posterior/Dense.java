package org.sparkvae.posterior;

/** A matrix, positive definite or triangular, worked on in full. */
record Dense(double[][] values) {
  private int size() {
    return values.length;
  }

  double[] times(double[] x) {
    double[] product = new double[size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        product[i] += values[i][j] * x[j];
      }
    }
    return product;
  }

  /** x^T A x. */
  double quadratic(double[] x) {
    double[] product = times(x);
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += x[i] * product[i];
    }
    return sum;
  }

  double logDeterminant() {
    double[][] a = copy();
    double sum = 0;
    for (int p = 0; p < size(); p++) {
      sum += Math.log(a[p][p]);
      for (int i = p + 1; i < size(); i++) {
        double factor = a[i][p] / a[p][p];
        for (int j = p; j < size(); j++) {
          a[i][j] -= factor * a[p][j];
        }
      }
    }
    return sum;
  }

  /** The lower triangular L of which it is L L^T. */
  double[][] cholesky() {
    double[][] l = new double[size()][size()];
    for (int p = 0; p < size(); p++) {
      for (int i = p; i < size(); i++) {
        double rest = values[i][p];
        for (int m = 0; m < p; m++) {
          rest -= l[i][m] * l[p][m];
        }
        l[i][p] = i == p ? Math.sqrt(rest) : rest / l[p][p];
      }
    }
    return l;
  }

  /** By Gauss and Jordan. */
  Dense inverse() {
    double[][] a = copy();
    double[][] inverse = new double[size()][size()];
    for (int i = 0; i < size(); i++) {
      inverse[i][i] = 1;
    }
    for (int p = 0; p < size(); p++) {
      double pivot = a[p][p];
      for (int j = 0; j < size(); j++) {
        a[p][j] /= pivot;
        inverse[p][j] /= pivot;
      }
      for (int i = 0; i < size(); i++) {
        double factor = i == p ? 0 : a[i][p];
        for (int j = 0; j < size(); j++) {
          a[i][j] -= factor * a[p][j];
          inverse[i][j] -= factor * inverse[p][j];
        }
      }
    }
    return new Dense(inverse);
  }

  private double[][] copy() {
    double[][] copy = new double[size()][];
    for (int i = 0; i < size(); i++) {
      copy[i] = values[i].clone();
    }
    return copy;
  }
}
