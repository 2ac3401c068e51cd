package org.sparkvae.density.levels;

import java.util.List;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A draw of each pixel's level under a softmax over its levels: the one at which the sum of the
 * probabilities passes a uniform number. A step, whose derivative is taken for 0.
 */
public final class CategoricalSample implements Operation {
  private final Matrix logits;
  private final Parameter bias;
  private final Matrix uniform;
  private final int levels;
  private final Matrix out;

  private CategoricalSample(Matrix logits, Parameter bias, Matrix uniform, int levels, Matrix out) {
    this.logits = logits;
    this.bias = bias;
    this.uniform = uniform;
    this.levels = levels;
    this.out = out;
  }

  /**
   * Records it, [rows, pixels] in [0, 1].
   *
   * @param logits as {@link CategoricalLogLikelihood} takes them
   */
  public static Matrix of(Recorder recorder, Matrix logits, Parameter bias, int levels) {
    int pixels = logits.columns() / levels;
    Matrix out = recorder.variable(logits.rows(), pixels);
    Matrix uniform = recorder.uniform(pixels);
    return recorder.then(new CategoricalSample(logits, bias, uniform, levels, out), out);
  }

  @Override
  public List<Node> inputs() {
    return List.of(logits, uniform);
  }

  @Override
  public void forward(Kernels kernels) {
    float[] draws = new float[Math.multiplyExact(out.rows(), out.columns())];
    kernels.copyOut(uniform.value(), draws);
    float[] shift = new float[logits.columns()];
    kernels.source(bias.value()).read(0, shift, 0, shift.length);
    FloatSource values = kernels.source(logits.value());
    float[] row = new float[logits.columns()];
    for (int r = 0; r < out.rows(); r++) {
      values.read(r * row.length, row, 0, row.length);
      for (int i = 0; i < row.length; i++) {
        row[i] += shift[i];
      }
      for (int d = 0; d < out.columns(); d++) {
        int at = r * out.columns() + d;
        draws[at] = drawn(row, d * levels, draws[at]) / (levels - 1f);
      }
    }
    kernels.copyIn(draws, out.value());
  }

  /** The number of the level, of the logits from a first one on. */
  private int drawn(float[] row, int first, float u) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < levels; k++) {
      largest = Math.max(largest, row[first + k]);
    }
    double sum = 0;
    for (int k = 0; k < levels; k++) {
      sum += StrictMath.exp(row[first + k] - largest);
    }
    double left = u * sum;
    for (int k = 0; k < levels - 1; k++) {
      left -= StrictMath.exp(row[first + k] - largest);
      if (left < 0) {
        return k;
      }
    }
    return levels - 1;
  }

  @Override
  public void backward(Kernels kernels) {
    for (Matrix input : List.of(logits, uniform)) {
      if (input.gradient() != null && input.claim() == 0) {
        input.gradient().assign(0);
      }
    }
    if (bias.differentiable() && bias.claim() == 0) {
      bias.gradient().assign(0);
    }
  }
}
