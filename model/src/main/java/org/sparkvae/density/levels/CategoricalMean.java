package org.sparkvae.density.levels;

import java.util.List;
import org.sparkvae.host.FloatSource;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;

/** The mean of each pixel under a softmax over its levels, in [0, 1]. */
public final class CategoricalMean implements Operation {
  private final Matrix logits;
  private final int levels;
  private final Matrix out;
  private final Parameter bias;
  private OverLevels sums;

  private CategoricalMean(Matrix logits, Parameter bias, int levels, Matrix out) {
    this.logits = logits;
    this.bias = bias;
    this.levels = levels;
    this.out = out;
  }

  /**
   * Records it, [rows, pixels].
   *
   * @param logits as {@link CategoricalLogLikelihood} takes them
   */
  public static Matrix of(Recorder recorder, Matrix logits, Parameter bias, int levels) {
    Matrix out = recorder.variable(logits.rows(), logits.columns() / levels);
    return recorder.then(new CategoricalMean(logits, bias, levels, out), out);
  }

  @Override
  public List<Node> inputs() {
    return List.of(logits);
  }

  @Override
  public void forward(Kernels kernels) {
    if (sums == null) {
      // In the backward pass, the level that is given is the mean.
      sums =
          new OverLevels(
              logits,
              bias,
              levels,
              OverLevels.POWER.times(OverLevels.LEVEL),
              OverLevels.PROBABILITY.times(OverLevels.LEVEL.minus(OverLevels.GIVEN)));
    }
    sums.sum(kernels);
    float[] means = new float[sums.sums.length];
    for (int i = 0; i < means.length; i++) {
      sums.given[i] = sums.sums[i] / sums.sumOfPowers[i];
      means[i] = (float) (sums.given[i] / (levels - 1));
    }
    kernels.copyIn(means, out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    FloatSource gradient = kernels.source(out.gradient());
    float[] slopes = new float[sums.seeds.length];
    gradient.read(0, slopes, 0, slopes.length);
    for (int i = 0; i < slopes.length; i++) {
      sums.seeds[i] = slopes[i] / (levels - 1);
    }
    sums.differentiate(kernels);
  }
}
