package org.sparkvae.posterior;

import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.ReflectionKernels;

/** Reflections one after the other: from directions, each [images, k], and last z [rows, k]. */
final class Reflected implements TeamLoop {
  private final int k;
  private final int images;
  private final Reflections one;
  private double[] z = new double[0];

  Reflected(int k, int images) {
    this.k = k;
    this.images = images;
    one = new Reflections(k, 1);
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    int length = in.length - 1;
    System.arraycopy(in[length], 0, out, 0, out.length);
    for (int row = 0; row < rows.length; row++) {
      for (int t = 0; t < length; t++) {
        one.forth(in[t], row % images * k, out, row * k);
      }
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    int length = in.length - 1;
    if (z.length != out.length) {
      z = new double[out.length];
    }
    System.arraycopy(out, 0, z, 0, out.length);
    for (int row = 0; row < byRows.length; row++) {
      for (int t = length - 1; t >= 0; t--) {
        int at = row % images * k;
        one.forthBackward(in[t], byIn[t], at, z, row * k, byOut, row * k);
      }
    }
    System.arraycopy(byOut, 0, byIn[length], 0, byOut.length);
  }

  @Override
  public LoopKernels kernels() {
    return new ReflectionKernels(k);
  }

  @Override
  public int images() {
    return images;
  }
}
