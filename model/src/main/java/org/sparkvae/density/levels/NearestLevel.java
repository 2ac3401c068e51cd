package org.sparkvae.density.levels;

import java.util.List;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The nearest of the levels 0, 1/255, ..., 1 to every value; a step, whose derivative is taken for
 * 0. No formula rounds.
 */
record NearestLevel(Matrix x, Matrix out) implements Operation {
  private static final int LEVELS = 256;

  /** Records it, of the shape of x. */
  static Matrix of(Recorder recorder, Matrix x) {
    Matrix out = recorder.variable(x.rows(), x.columns());
    return recorder.then(new NearestLevel(x, out), out);
  }

  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public boolean hasParameters() {
    return false;
  }

  @Override
  public void forward(Kernels kernels) {
    float[] values = new float[Math.multiplyExact(x.rows(), x.columns())];
    kernels.copyOut(x.value(), values);
    for (int i = 0; i < values.length; i++) {
      values[i] = CategoricalLogLikelihood.level(values[i], LEVELS) / (LEVELS - 1f);
    }
    kernels.copyIn(values, out.value());
  }

  @Override
  public void backward(Kernels kernels) {
    if (x.gradient() != null && x.claim() == 0) {
      x.gradient().assign(0);
    }
  }
}
