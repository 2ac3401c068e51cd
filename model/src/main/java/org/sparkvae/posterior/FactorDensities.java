package org.sparkvae.posterior;

import org.sparkvae.posterior.loop.DensityKernels;
import org.sparkvae.posterior.loop.FactorWhitening;
import org.sparkvae.posterior.loop.LoopKernels;

/**
 * The log-densities of any values under Gaussians of any covariance C C^T: -1/2 sum_i (log 2 pi +
 * s_i + e_i^2), C e = z - mean, nats. From values z [rows, k], means and s [images, 2 k], and C's
 * links [images, n] -> [rows, images].
 */
record FactorDensities(FactorSolution factor) implements TeamLoop {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  @Override
  public LoopKernels kernels() {
    return new DensityKernels(new FactorWhitening(factor.k));
  }

  @Override
  public int images() {
    return factor.images;
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    factor.invert(in);
    int k = factor.k;
    for (int row = 0; row < rows.length; row++) {
      for (int image = 0; image < factor.images; image++) {
        factor.whiten(in, row, image);
        double sum = k * LOG_2PI + Sums.dot(factor.e, 0, factor.e, 0, k);
        for (int j = 0; j < k; j++) {
          sum += in[1][(2 * image + 1) * k + j];
        }
        out[row * factor.images + image] = -0.5 * sum;
      }
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    int k = factor.k;
    double[] byE = new double[k];
    for (int row = 0; row < byRows.length; row++) {
      for (int image = 0; image < factor.images; image++) {
        factor.whiten(in, row, image);
        double by = byOut[row * factor.images + image];
        for (int j = 0; j < k; j++) {
          byE[j] = -by * factor.e[j];
          byIn[1][(2 * image + 1) * k + j] -= 0.5 * by;
        }
        factor.derive(in, byE, 0, row, image, byIn);
      }
    }
  }
}
