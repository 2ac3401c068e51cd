package org.sparkvae.tensor;

import java.util.List;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * A formula with loops of its own for float32 arrays in host memory.
 *
 * @param formula for all other arrays
 * @param loops that compute the same
 */
record Fused(FormulaOperation formula, Computation loops) implements Operation {
  @Override
  public List<Node> inputs() {
    return formula.inputs();
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void bind() {
    formula.bind();
    loops.bind();
  }

  @Override
  public void forward(Kernels kernels) {
    fitting(kernels).forward(kernels);
  }

  @Override
  public void backward(Kernels kernels) {
    fitting(kernels).backward(kernels);
  }

  private Computation fitting(Kernels kernels) {
    return loops.isComplete() ? kernels.fitting(loops, formula) : formula;
  }
}
