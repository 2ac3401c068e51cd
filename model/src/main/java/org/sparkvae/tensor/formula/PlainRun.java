package org.sparkvae.tensor.formula;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Runs compiled formulas as plain ND4J operations, of any type on any backend; allocates as it
 * goes. Everything has three axes here: samples, images, columns.
 */
public final class PlainRun implements Run {
  private final Frame frame;
  private final DataType type;

  /** By number; between runs empty. */
  private final INDArray[] values;

  /**
   * By number: the numbers of the parts. Looked up once, as a lookup walks the whole expression.
   */
  private final int[][] parts;

  /** The numbers of the outputs' expressions. */
  private final int[] results;

  /**
   * For a frame.
   *
   * @param type of the arithmetic
   */
  public PlainRun(Frame frame, DataType type) {
    this.frame = frame;
    this.type = type;
    this.values = new INDArray[frame.code().expressions().size()];
    this.parts = new int[values.length][];
    for (int n = 0; n < values.length; n++) {
      Formula expression = frame.code().expressions().get(n);
      parts[n] = Code.parts(expression).stream().mapToInt(frame.code()::number).toArray();
    }
    this.results =
        frame.code().outputs().stream()
            .mapToInt(output -> frame.code().number(output.formula()))
            .toArray();
  }

  @Override
  public void run(double[] betas) {
    for (int n = 0; n < values.length; n++) {
      values[n] = compute(frame.code().expressions().get(n), parts[n]);
    }
    for (int i = 0; i < betas.length; i++) {
      Output output = frame.code().outputs().get(i);
      write(values[results[i]], output.axes(), frame.outputs().get(i), betas[i]);
    }
    Arrays.fill(values, null);
  }

  private INDArray compute(Formula expression, int[] of) {
    if (expression instanceof Formula.Operand operand) {
      return read(operand);
    }
    if (expression instanceof Formula.Number number) {
      return Nd4j.valueArrayOf(new long[] {1, 1, 1}, number.value(), type);
    }
    if (expression instanceof Formula.Applied applied) {
      return apply(applied.function(), values[of[0]]);
    }
    INDArray left = full(values[of[0]]);
    INDArray right = full(values[of[1]]);
    return switch (((Formula.Joined) expression).join()) {
      case PLUS -> left.add(right);
      case MINUS -> left.sub(right);
      case TIMES -> left.mul(right);
      case OVER -> left.div(right);
    };
  }

  private INDArray read(Formula.Operand operand) {
    Content content = frame.operands().get(operand.name());
    INDArray array =
        content instanceof Content.PerRow rows
            ? Nd4j.createFromArray(rows.values())
            : ((Content.Array) content).array();
    return array.castTo(type).dup('c').reshape('c', shape(operand.axes()));
  }

  private long[] shape(Axes axes) {
    return new long[] {
      axes.variesBySample() ? frame.samples() : 1,
      axes.variesByImage() ? frame.images() : 1,
      axes.variesByColumn() ? frame.columns() : 1
    };
  }

  /** Repeated along every axis that it does not have. */
  private INDArray full(INDArray value) {
    if (value.length() == (long) frame.rows() * frame.columns()) {
      return value;
    }
    INDArray zeros = Nd4j.zeros(type, frame.samples(), frame.images(), frame.columns());
    return zeros.add(value);
  }

  private static INDArray apply(Function function, INDArray u) {
    return switch (function) {
      case NEGATE -> u.neg();
      case SQUARE -> u.mul(u);
      case SQRT -> Transforms.sqrt(u, true);
      case EXP -> Transforms.exp(u, true);
      case LOG -> Transforms.log(u, true);
      case TANH -> Transforms.tanh(u, true);
      case SIGMOID -> Transforms.sigmoid(u, true);
      case SOFTPLUS ->
          // max(u, 0) + log(1 + e^-|u|), safe for large |u|.
          Nd4j.math
              .log1p(Transforms.exp(Transforms.abs(u, true).negi(), false))
              .addi(Transforms.max(u, 0, true));
      case POSITIVE -> Transforms.max(u, 0, true);
      case STEP -> u.gt(0).castTo(u.dataType());
    };
  }

  private void write(INDArray value, Axes axes, Content target, double beta) {
    int[] summed =
        IntStream.range(0, 3)
            .filter(
                axis ->
                    !List.of(axes.variesBySample(), axes.variesByImage(), axes.variesByColumn())
                        .get(axis))
            .toArray();
    INDArray sum = full(value);
    if (summed.length > 0) {
      sum = sum.castTo(DataType.DOUBLE).sum(summed);
    }
    if (target instanceof Content.PerRow rows) {
      double[] sums = sum.dup('c').reshape(sum.length()).toDoubleVector();
      for (int r = 0; r < sums.length; r++) {
        rows.values()[r] = beta == 0 ? sums[r] : rows.values()[r] + sums[r];
      }
      return;
    }
    INDArray array = ((Content.Array) target).array();
    INDArray shaped = sum.dup('c').reshape('c', array.shape()).castTo(array.dataType());
    if (beta == 0) {
      array.assign(shaped);
    } else {
      array.addi(shaped);
    }
  }
}
