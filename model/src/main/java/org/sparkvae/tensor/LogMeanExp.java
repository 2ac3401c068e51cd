package org.sparkvae.tensor;

import java.util.List;
import java.util.Map;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Function;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * The logarithm of the mean of the exponentials of each row: out[r] = m_r + log((1/n) sum_k
 * exp(x[r, k] - m_r)), where m_r is the row's largest value, so that nothing overflows.
 */
final class LogMeanExp implements Operation {
  private static final Formula.Operand X = Formula.value("x");
  private static final Formula.Operand LARGEST = Formula.row("largest");
  private static final Formula.Operand SCALE = Formula.row("scale");
  private static final Formula POWER = X.minus(LARGEST).apply(Function.EXP);

  private final Matrix x;
  private final Rows out;
  private final double[] sums;
  private final double[] largest;
  private final double[] scales;
  private Run forward;
  private Run backward;

  LogMeanExp(Matrix x, Rows out) {
    this.x = x;
    this.out = out;
    sums = new double[x.rows()];
    largest = new double[x.rows()];
    scales = new double[x.rows()];
  }

  @Override
  public List<Node> inputs() {
    return List.of(x);
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void forward(Kernels kernels) {
    if (forward == null) {
      forward = run(kernels, new Output(POWER, Axes.ROW), new Content.PerRow(sums));
    }
    kernels.largestOfRows(x.value(), largest);
    forward.run(new double[1]);
    kernels.logMeans(largest, sums, x.columns(), out.value());
  }

  /** The derivatives are each value's share of the sum. */
  @Override
  public void backward(Kernels kernels) {
    if (!x.differentiable()) {
      return;
    }
    if (backward == null) {
      Output output = new Output(POWER.times(SCALE), Axes.VALUE);
      backward = run(kernels, output, new Content.Array(x.gradient()));
    }
    kernels.divide(out.gradient(), sums, scales);
    backward.run(new double[] {x.claim()});
  }

  private Run run(Kernels kernels, Output output, Content target) {
    Map<String, Content> operands =
        Map.of(
            X.name(), new Content.Array(x.value()),
            LARGEST.name(), new Content.PerRow(largest),
            SCALE.name(), new Content.PerRow(scales));
    Code code = Code.of(List.of(output));
    Frame frame = new Frame(code, 1, x.rows(), x.columns(), operands, List.of(target));
    return kernels.formulas(frame, x.value().dataType());
  }
}
