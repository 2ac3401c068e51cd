package org.sparkvae.posterior;

import java.util.Arrays;
import org.sparkvae.posterior.loop.BandWhitening;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.NoiseKernels;

/**
 * The noise that draws are made of, e = L^T (z - mean), of Gaussians as {@link BandDensities} has
 * them: from draws z [rows, k], means and s_p [images, 2 k], and the links [images, n].
 */
final class BandNoise implements TeamLoop {
  private final Grid.Pattern pattern;
  private final int k;
  private final int images;
  private final double[] offset;
  private final double[] byOffset;

  BandNoise(Grid.Pattern pattern, int images) {
    this.pattern = pattern;
    this.k = pattern.k();
    this.images = images;
    offset = new double[k];
    byOffset = new double[k];
  }

  @Override
  public void forward(double[][] in, double[] e, double[] rows) {
    int links = in[2].length / images;
    for (int row = 0; row < rows.length; row++) {
      int image = row % images;
      move(in, row, image);
      int link = image * links;
      for (int p = 0; p < k; p++) {
        int count = pattern.end(p) - p - 1;
        double own = diagonal(in, image, p) * offset[p];
        e[row * k + p] = own + Sums.dot(in[2], link, offset, p + 1, count);
        link += count;
      }
    }
  }

  private void move(double[][] in, int row, int image) {
    for (int p = 0; p < k; p++) {
      offset[p] = in[0][row * k + p] - in[1][2 * image * k + p];
    }
  }

  /** L_pp. */
  private double diagonal(double[][] in, int image, int p) {
    return Math.exp(-0.5 * in[1][(2 * image + 1) * k + p]);
  }

  @Override
  public void backward(double[][] in, double[] e, double[] byE, double[] byRows, double[][] byIn) {
    int links = in[2].length / images;
    for (int row = 0; row < byRows.length; row++) {
      int image = row % images;
      move(in, row, image);
      Arrays.fill(byOffset, 0);
      int link = image * links;
      for (int p = 0; p < k; p++) {
        int count = pattern.end(p) - p - 1;
        double by = byE[row * k + p];
        double a = diagonal(in, image, p);
        byIn[1][(2 * image + 1) * k + p] -= 0.5 * by * a * offset[p];
        byOffset[p] += by * a;
        Sums.add(by, in[2], link, byOffset, p + 1, count);
        Sums.add(by, offset, p + 1, byIn[2], link, count);
        link += count;
      }
      Sums.add(1, byOffset, 0, byIn[0], row * k, k);
      Sums.add(-1, byOffset, 0, byIn[1], 2 * image * k, k);
    }
  }

  @Override
  public LoopKernels kernels() {
    return new NoiseKernels(new BandWhitening(pattern.columns()));
  }

  @Override
  public int images() {
    return images;
  }
}
