package org.sparkvae.density.levels;

import java.util.List;
import org.sparkvae.tensor.HostLoop;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** The share of each pixel in {@link CategoricalLogLikelihood}: l[k] - log sum_k e^l[k]. */
public final class CategoricalOfEach implements HostLoop.Body {
  private final int levels;

  private CategoricalOfEach(int levels) {
    this.levels = levels;
  }

  /**
   * Records it, [rows, pixels].
   *
   * @param x [images, pixels] in [0, 1]
   * @param logits with the bias, [rows, pixels * levels], levels innermost
   */
  public static Matrix of(Recorder recorder, Matrix x, Matrix logits, int levels) {
    return HostLoop.of(
        recorder, List.of(x, logits), logits.rows(), x.columns(), new CategoricalOfEach(levels));
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    for (int i = 0; i < out.length; i++) {
      int given = given(in, i);
      out[i] = in[1][i * levels + given] - logSum(in[1], i);
    }
  }

  /** The level of the image's pixel: images repeat sample by sample. */
  private int given(double[][] in, int pixel) {
    return CategoricalLogLikelihood.level((float) in[0][pixel % in[0].length], levels);
  }

  private double logSum(double[] logits, int pixel) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = pixel * levels; k < (pixel + 1) * levels; k++) {
      most = Math.max(most, logits[k]);
    }
    double sum = 0;
    for (int k = pixel * levels; k < (pixel + 1) * levels; k++) {
      sum += Math.exp(logits[k] - most);
    }
    return most + Math.log(sum);
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    for (int i = 0; i < out.length; i++) {
      double logSum = logSum(in[1], i);
      for (int k = i * levels; k < (i + 1) * levels; k++) {
        byIn[1][k] -= byOut[i] * Math.exp(in[1][k] - logSum);
      }
      byIn[1][i * levels + given(in, i)] += byOut[i];
    }
  }
}
