package org.sparkvae.posterior;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Recorder;
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
 * A matrix whose columns from one on are held between two bounds; the others are as they were. What
 * lies outside is taken to the nearer bound, to the bit, and has no derivative; a NaN stays one.
 */
final class HeldColumns implements Operation {
  private static final Formula.Operand X = Formula.value("x");
  private static final Formula.Operand LEAST = Formula.column("least");
  private static final Formula.Operand MOST = Formula.column("most");
  private static final Formula.Operand SEED = Formula.value("derivative of the loss");
  private static final Formula BELOW = LEAST.minus(X).apply(Function.STEP);
  private static final Formula ABOVE = X.minus(MOST).apply(Function.STEP);
  private static final Formula INSIDE = Formula.number(1).minus(BELOW).minus(ABOVE);
  private static final Formula HELD =
      X.times(INSIDE).plus(LEAST.times(BELOW)).plus(MOST.times(ABOVE));

  /** A bound that no float is beyond, and that 0 makes 0. */
  private static final float NONE = Float.MAX_VALUE;

  private final Matrix x;
  private final Matrix out;
  private final int from;
  private final double least;
  private final double most;
  private INDArray leasts;
  private INDArray mosts;
  private Run forward;
  private Run backward;

  private HeldColumns(Matrix x, Matrix out, int from, double least, double most) {
    this.x = x;
    this.out = out;
    this.from = from;
    this.least = least;
    this.most = most;
  }

  /**
   * Records it, of the shape of x.
   *
   * @param from the first column that is held
   */
  static Matrix of(Recorder recorder, Matrix x, int from, double least, double most) {
    Matrix out = recorder.variable(x.rows(), x.columns());
    return recorder.then(new HeldColumns(x, out, from, least, most), out);
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
  public void bind() {
    leasts = bounds(-NONE, least);
    mosts = bounds(NONE, most);
  }

  private INDArray bounds(double none, double bound) {
    double[] bounds = new double[x.columns()];
    for (int c = 0; c < bounds.length; c++) {
      bounds[c] = c < from ? none : bound;
    }
    return Nd4j.createFromArray(bounds).castTo(type());
  }

  private DataType type() {
    return out.value().dataType();
  }

  @Override
  public void forward(Kernels kernels) {
    if (forward == null) {
      forward = run(kernels, HELD, operands(), out.value());
    }
    forward.run(new double[1]);
  }

  @Override
  public void backward(Kernels kernels) {
    if (x.gradient() == null) {
      return;
    }
    if (backward == null) {
      Map<String, Content> operands = operands();
      operands.put(SEED.name(), new Content.Array(out.gradient()));
      backward = run(kernels, SEED.times(INSIDE), operands, x.gradient());
    }
    backward.run(new double[] {x.claim()});
  }

  private Map<String, Content> operands() {
    Map<String, Content> operands = new HashMap<>();
    operands.put(X.name(), new Content.Array(x.value()));
    operands.put(LEAST.name(), new Content.Array(leasts));
    operands.put(MOST.name(), new Content.Array(mosts));
    return operands;
  }

  private Run run(
      Kernels kernels, Formula formula, Map<String, Content> operands, INDArray target) {
    Code code = Code.of(List.of(new Output(formula, Axes.VALUE)));
    List<Content> outputs = List.of(new Content.Array(target));
    Frame frame = new Frame(code, 1, x.rows(), x.columns(), operands, outputs);
    return kernels.formulas(frame, type());
  }
}
