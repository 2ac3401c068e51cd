package org.sparkvae.posterior;

/**
 * Solves C e = z - mean for one draw and one image, C lower triangular with C_jj = e^(s_j / 2).
 * Inputs are draws z, means and s, and C's links.
 */
final class FactorSolution {
  final int k;
  final int images;

  /** The last solution. */
  final double[] e;

  private final int links;
  private final double[] precision;
  private final double[] byOffset;

  FactorSolution(int k, int images) {
    this.k = k;
    this.images = images;
    links = k * (k - 1) / 2;
    precision = new double[images * k];
    e = new double[k];
    byOffset = new double[k];
  }

  /** Takes the diagonals, 1 / C_jj. */
  void invert(double[][] in) {
    for (int image = 0; image < images; image++) {
      for (int j = 0; j < k; j++) {
        precision[image * k + j] = Math.exp(-0.5 * in[1][(2 * image + 1) * k + j]);
      }
    }
  }

  /** Sets e. */
  void whiten(double[][] in, int row, int image) {
    for (int j = 0; j < k; j++) {
      e[j] = in[0][row * k + j] - in[1][2 * image * k + j];
    }
    int link = image * links;
    for (int j = 0; j < k; j++) {
      e[j] *= precision[image * k + j];
      Sums.add(-e[j], in[2], link, e, j + 1, k - 1 - j);
      link += k - 1 - j;
    }
  }

  /** Adds what the derivatives by e are by the draw and the Gaussian; byE as {@link #e}. */
  void derive(double[][] in, double[] byE, int at, int row, int image, double[][] byIn) {
    int link = (image + 1) * links;
    for (int j = k - 1; j >= 0; j--) {
      int count = k - 1 - j;
      link -= count;
      double rest = byE[at + j] - Sums.dot(in[2], link, byOffset, j + 1, count);
      byOffset[j] = rest * precision[image * k + j];
      byIn[1][(2 * image + 1) * k + j] -= 0.5 * rest * e[j];
      Sums.add(-e[j], byOffset, j + 1, byIn[2], link, count);
    }
    Sums.add(1, byOffset, 0, byIn[0], row * k, k);
    Sums.add(-1, byOffset, 0, byIn[1], 2 * image * k, k);
  }
}
