package org.sparkvae.posterior;

import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.posterior.loop.CovarianceKernels;
import org.sparkvae.posterior.loop.LoopKernels;

/** The diagonal of the covariance: from 1 / L_pp [images, k] and L's links [images, n]. */
final class GridVariances implements TeamLoop {
  private final Grid.Pattern pattern;
  private final int images;
  private final int k;

  /** Of one image: S, both halves of it; [k, k]. */
  private final double[] covariance;

  private final double[] byCovariance;
  private final double[] column;

  /** S beside the links of L: what the backward pass starts from. */
  private double[] kept = new double[0];

  private final Kept there = new Kept();

  GridVariances(Grid.Pattern pattern, int images) {
    this.pattern = pattern;
    this.images = images;
    k = pattern.k();
    covariance = new double[k * k];
    byCovariance = new double[k * k];
    column = new double[k];
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    int links = in[1].length / rows.length;
    if (kept.length != in[1].length) {
      kept = new double[in[1].length];
    }
    for (int image = 0; image < rows.length; image++) {
      int link = (image + 1) * links;
      for (int p = k - 1; p >= 0; p--) {
        int count = pattern.end(p) - p - 1;
        link -= count;
        double deviation = in[0][image * k + p];
        Arrays.fill(column, 0, count, 0);
        for (int m = 0; m < count; m++) {
          int from = (p + 1 + m) * k + p + 1;
          Sums.add(-deviation * in[1][link + m], covariance, from, column, 0, count);
        }
        double sum = Sums.dot(in[1], link, column, 0, count);
        out[image * k + p] = deviation * (deviation - sum);
        System.arraycopy(column, 0, kept, link, count);
        put(p, out[image * k + p], link, count);
      }
    }
  }

  /** Row and column p of S, of what is kept. */
  private void put(int p, double variance, int link, int count) {
    covariance[p * k + p] = variance;
    for (int m = 0; m < count; m++) {
      int q = p + 1 + m;
      covariance[p * k + q] = kept[link + m];
      covariance[q * k + p] = kept[link + m];
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    int links = in[1].length / byRows.length;
    for (int image = 0; image < byRows.length; image++) {
      int link = image * links;
      for (int p = 0; p < k; p++) {
        int count = pattern.end(p) - p - 1;
        put(p, out[image * k + p], link, count);
        link += count;
      }
      Arrays.fill(byCovariance, 0);
      link = image * links;
      for (int p = 0; p < k; p++) {
        int count = pattern.end(p) - p - 1;
        double deviation = in[0][image * k + p];
        double byVariance = byOut[image * k + p] + byCovariance[p * k + p];
        double byDeviation = byVariance * (deviation + out[image * k + p] / deviation);
        // What each half of S was read for is the derivative of one value.
        for (int m = 0; m < count; m++) {
          int q = p + 1 + m;
          column[m] =
              byCovariance[p * k + q]
                  + byCovariance[q * k + p]
                  - deviation * byVariance * in[1][link + m];
          byDeviation += column[m] * kept[link + m] / deviation;
        }
        for (int m = 0; m < count; m++) {
          int from = (p + 1 + m) * k + p + 1;
          double both = Sums.dot(covariance, from, column, 0, count) + byVariance * kept[link + m];
          byIn[1][link + m] -= deviation * both;
          Sums.add(-deviation * in[1][link + m], column, 0, byCovariance, from, count);
        }
        byIn[0][image * k + p] += byDeviation;
        link += count;
      }
    }
  }

  @Override
  public LoopKernels kernels() {
    return new CovarianceKernels(pattern.columns());
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public Optional<double[]> kept(int rows) {
    return there.of(2 * rows, k * k);
  }
}
