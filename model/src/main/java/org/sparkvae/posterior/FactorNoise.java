package org.sparkvae.posterior;

import org.sparkvae.posterior.loop.FactorWhitening;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.NoiseKernels;

/**
 * The noise that draws are made of, C e = z - mean: from draws z [rows, k], means and s [images, 2
 * k], and C's links [images, n].
 */
record FactorNoise(FactorSolution factor) implements TeamLoop {
  @Override
  public LoopKernels kernels() {
    return new NoiseKernels(new FactorWhitening(factor.k));
  }

  @Override
  public int images() {
    return factor.images;
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    factor.invert(in);
    for (int row = 0; row < rows.length; row++) {
      factor.whiten(in, row, row % factor.images);
      System.arraycopy(factor.e, 0, out, row * factor.k, factor.k);
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    for (int row = 0; row < byRows.length; row++) {
      int image = row % factor.images;
      factor.whiten(in, row, image);
      factor.derive(in, byOut, row * factor.k, row, image, byIn);
    }
  }
}
