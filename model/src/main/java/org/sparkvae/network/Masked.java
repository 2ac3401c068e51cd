package org.sparkvae.network;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.Operation;
import org.sparkvae.tensor.Parameter;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.formula.Axes;
import org.sparkvae.tensor.formula.Code;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.formula.Frame;
import org.sparkvae.tensor.formula.Output;
import org.sparkvae.tensor.formula.Run;
import org.sparkvae.tensor.kernels.Kernels;

/** A weight, with zeros where the degree that it leads to is below that which it comes from. */
final class Masked implements Operation {
  private static final Formula.Operand FROM = Formula.value("from");
  private static final Formula.Operand MASK = Formula.value("mask");
  private static final Code CODE = Code.of(List.of(new Output(FROM.times(MASK), Axes.VALUE)));

  private final Parameter weight;
  private final Matrix masked;
  private final float[] ones;
  private INDArray mask;
  private Run forward;
  private Run backward;

  private Masked(Parameter weight, Matrix masked, float[] ones) {
    this.weight = weight;
    this.masked = masked;
    this.ones = ones;
  }

  /**
   * Records it, [from, to].
   *
   * @param from degrees that the weight comes from
   * @param to degrees that it leads to
   */
  static Matrix of(Recorder recorder, Parameter weight, int[] from, int[] to) {
    Matrix masked = recorder.variable(from.length, to.length);
    float[] ones = new float[Math.multiplyExact(from.length, to.length)];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        ones[i * to.length + j] = to[j] >= from[i] ? 1 : 0;
      }
    }
    return recorder.then(new Masked(weight, masked, ones), masked);
  }

  @Override
  public List<Node> inputs() {
    return List.of();
  }

  @Override
  public boolean isByKernels() {
    return true;
  }

  @Override
  public void bind() {
    mask =
        Nd4j.createFromArray(ones)
            .castTo(masked.value().dataType())
            .reshape('c', new long[] {masked.rows(), masked.columns()});
  }

  @Override
  public void forward(Kernels kernels) {
    if (forward == null) {
      forward = run(kernels, weight.value(), masked.value());
    }
    forward.run(new double[1]);
  }

  @Override
  public void backward(Kernels kernels) {
    if (!weight.differentiable()) {
      return;
    }
    if (backward == null) {
      backward = run(kernels, masked.gradient(), weight.gradient());
    }
    backward.run(new double[] {weight.claim()});
  }

  private Run run(Kernels kernels, INDArray from, INDArray to) {
    Map<String, Content> operands =
        Map.of(FROM.name(), new Content.Array(from), MASK.name(), new Content.Array(mask));
    List<Content> target = List.of(new Content.Array(to));
    Frame frame = new Frame(CODE, 1, masked.rows(), masked.columns(), operands, target);
    return kernels.formulas(frame, mask.dataType());
  }
}
