package org.sparkvae.posterior;

import java.util.Arrays;
import org.sparkvae.posterior.loop.BandWhitening;
import org.sparkvae.posterior.loop.DensityKernels;
import org.sparkvae.posterior.loop.LoopKernels;

/**
 * The log-densities of any values under Gaussians whose precision is L L^T, L lower triangular with
 * a pattern: -1/2 sum_p (log 2 pi + s_p + e_p^2), e = L^T (z - mean), nats.
 *
 * <p>From values z [rows, k], means and s_p = -2 log L_pp [images, 2 k], and what of L is below its
 * diagonal, column by column [images, n] -> [rows, images].
 */
final class BandDensities implements TeamLoop {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final Grid.Pattern pattern;
  private final int k;
  private final int images;
  private final double[] diagonal;
  private final double[] offset;
  private final double[] byOffset;

  BandDensities(Grid.Pattern pattern, int images) {
    this.pattern = pattern;
    this.k = pattern.k();
    this.images = images;
    diagonal = new double[images * k];
    offset = new double[k];
    byOffset = new double[k];
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    for (int image = 0; image < images; image++) {
      for (int p = 0; p < k; p++) {
        diagonal[image * k + p] = Math.exp(-0.5 * in[1][(2 * image + 1) * k + p]);
      }
    }
    int links = in[2].length / images;
    for (int row = 0; row < rows.length; row++) {
      for (int image = 0; image < images; image++) {
        moved(in, row, image);
        int link = image * links;
        double sum = k * LOG_2PI;
        for (int p = 0; p < k; p++) {
          int count = pattern.end(p) - p - 1;
          double e = whitened(in[2], image, link, p, count);
          sum += in[1][(2 * image + 1) * k + p] + e * e;
          link += count;
        }
        out[row * images + image] = -0.5 * sum;
      }
    }
  }

  private void moved(double[][] in, int row, int image) {
    for (int p = 0; p < k; p++) {
      offset[p] = in[0][row * k + p] - in[1][2 * image * k + p];
    }
  }

  /** e_p. */
  private double whitened(double[] links, int image, int link, int p, int count) {
    return diagonal[image * k + p] * offset[p] + Sums.dot(links, link, offset, p + 1, count);
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    int links = in[2].length / images;
    for (int row = 0; row < byRows.length; row++) {
      for (int image = 0; image < images; image++) {
        double by = byOut[row * images + image];
        moved(in, row, image);
        Arrays.fill(byOffset, 0);
        int link = image * links;
        for (int p = 0; p < k; p++) {
          int count = pattern.end(p) - p - 1;
          double byE = -by * whitened(in[2], image, link, p, count);
          double a = diagonal[image * k + p];
          byIn[1][(2 * image + 1) * k + p] -= 0.5 * (by + byE * a * offset[p]);
          byOffset[p] += byE * a;
          Sums.add(byE, in[2], link, byOffset, p + 1, count);
          Sums.add(byE, offset, p + 1, byIn[2], link, count);
          link += count;
        }
        Sums.add(1, byOffset, 0, byIn[0], row * k, k);
        Sums.add(-1, byOffset, 0, byIn[1], 2 * image * k, k);
      }
    }
  }

  @Override
  public LoopKernels kernels() {
    return new DensityKernels(new BandWhitening(pattern.columns()));
  }

  @Override
  public int images() {
    return images;
  }
}
