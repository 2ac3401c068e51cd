package org.sparkvae.linear;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dstevr;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsytrd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/**
 * The largest eigenvalues of a symmetric matrix A, and their eigenvectors.
 *
 * <p>LAPACK makes A tridiagonal by reflections, A = Q T Q^T, and finds the eigenvectors of T. They
 * are taken back by Q here and not by LAPACK, whose routines for that multiply by triangular
 * matrices: OpenBLAS 0.3.19 does so wrongly with the kernels of SkylakeX (dtrmm), which {@code
 * submit/local} chooses on processors of AMD.
 *
 * @param values falling, [count]
 * @param vectors of length 1, [count][n]; of each the component that is largest by its absolute
 *     value is positive
 */
record Eigenvectors(double[] values, double[][] vectors) {
  /** Rounding apart, A v - l v is 0; of this part of the largest eigenvalue it is wrong. */
  private static final double WRONG = 1e-8;

  /**
   * Those of a matrix.
   *
   * @param matrix symmetric, [n * n]
   * @param count how many, at least 1
   * @throws IllegalStateException where LAPACK does not find them, as of a matrix with NaN
   */
  static Eigenvectors of(double[] matrix, int n, int count) {
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    double[] factors = new double[n];
    double[] values = new double[n];
    double[][] vectors = new double[count][n];
    double[] a = matrix.clone();
    require(
        "dsytrd", LAPACKE_dsytrd(LAPACK_COL_MAJOR, (byte) 'L', n, a, n, diagonal, beside, factors));
    double[] rising = tridiagonal(n, count, diagonal, beside, values);
    for (int k = 0; k < count; k++) {
      System.arraycopy(rising, (count - 1 - k) * n, vectors[k], 0, n);
    }
    reflect(a, factors, vectors);
    double[] falling = new double[count];
    for (int k = 0; k < count; k++) {
      falling[k] = values[count - 1 - k];
      orient(vectors[k]);
    }
    Eigenvectors found = new Eigenvectors(falling, vectors);
    found.check(matrix);
    return found;
  }

  /** The eigenvectors of T, by rising eigenvalue, [count * n]; sets the eigenvalues. */
  private static double[] tridiagonal(
      int n, int count, double[] diagonal, double[] beside, double[] values) {
    double[] vectors = new double[Math.multiplyExact(count, n)];
    require(
        "dstevr",
        LAPACKE_dstevr(
            LAPACK_COL_MAJOR,
            (byte) 'V',
            (byte) 'I',
            n,
            diagonal,
            beside,
            0,
            0,
            n - count + 1,
            n,
            0,
            new int[1],
            values,
            vectors,
            n,
            new int[2 * n]));
    return vectors;
  }

  private static void require(String routine, int info) {
    if (info != 0) {
      throw new IllegalStateException("LAPACK's " + routine + " ends with " + info);
    }
  }

  /**
   * Multiplies vectors by Q = H_0 ... H_(n-2), H_i = I - factor_i v v^T, where v is 0 up to i, 1 at
   * i + 1, and then as column i of a below that.
   */
  private static void reflect(double[] a, double[] factors, double[][] vectors) {
    int n = factors.length;
    double[] v = new double[n];
    for (int i = n - 2; i >= 0; i--) {
      System.arraycopy(a, i * n + i + 1, v, i + 1, n - i - 1);
      v[i + 1] = 1;
      for (double[] vector : vectors) {
        double along = 0;
        for (int j = i + 1; j < n; j++) {
          along += v[j] * vector[j];
        }
        along *= factors[i];
        for (int j = i + 1; j < n; j++) {
          vector[j] -= along * v[j];
        }
      }
    }
  }

  private static void orient(double[] vector) {
    double largest = 0;
    for (double component : vector) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    if (largest < 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = -vector[i];
      }
    }
  }

  /** What comes of a faulty library would be a model of nothing, and not be noticed. */
  private void check(double[] matrix) {
    int n = vectors[0].length;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < values.length; k++) {
        double rest = -values[k] * vectors[k][i];
        for (int j = 0; j < n; j++) {
          rest += matrix[i * n + j] * vectors[k][j];
        }
        if (!(Math.abs(rest) <= WRONG * Math.abs(values[0]))) {
          throw new IllegalStateException(
              "LAPACK's eigenvectors are wrong: eigenvalue %s is off by %s"
                  .formatted(values[k], rest));
        }
      }
    }
  }
}
