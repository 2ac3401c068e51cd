package org.sparkvae.tensor.formula;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
   * For a frame.
   *
   * @param type of the arithmetic
   */
  public PlainRun(Frame frame, DataType type) {
    this.frame = frame;
    this.type = type;
    this.values = new INDArray[frame.code().expressions().size()];
  }

  @Override
  public void run(double[] betas) {
    for (int n = 0; n < values.length; n++) {
      values[n] = compute(frame.code().expressions().get(n), frame.code().parts(n));
    }
    for (int i = 0; i < betas.length; i++) {
      Output output = frame.code().outputs().get(i);
      write(values[frame.code().result(i)], output.axes(), frame.outputs().get(i), betas[i]);
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
    INDArray left = values[of[0]];
    INDArray right = values[of[1]];
    if (!left.equalShapes(right)) {
      // The right side is repeated by the operation.
      left = full(left);
    }
    return switch (((Formula.Joined) expression).join()) {
      case PLUS -> left.add(right);
      case MINUS -> left.sub(right);
      case TIMES -> left.mul(right);
      case OVER -> left.div(right);
      case LOG_ADD_EXP -> apply(Function.SOFTPLUS, left.sub(right)).add(right);
    };
  }

  private INDArray read(Formula.Operand operand) {
    Content content = frame.operands().get(operand.name());
    INDArray array =
        content instanceof Content.PerRow rows
            ? Nd4j.createFromArray(rows.values())
            : array(content);
    return array.castTo(type).dup('c').reshape('c', shape(operand.axes()));
  }

  /** As an array of ND4J, which for a part of a matrix is a view. */
  private static INDArray array(Content content) {
    if (content instanceof Content.Part part) {
      return part.matrix()
          .get(
              NDArrayIndex.all(),
              NDArrayIndex.interval(part.first(), (long) part.first() + part.count()));
    }
    return ((Content.Array) content).array();
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
      // ND4J's log1p works in place.
      case LOG1P -> Nd4j.math.log1p(u.dup());
      case TANH -> Transforms.tanh(u, true);
      case SIGMOID -> Transforms.sigmoid(u, true);
      case SOFTPLUS ->
          // max(u, 0) + log(1 + e^-|u|), safe for large |u|.
          Nd4j.math
              .log1p(Transforms.exp(Transforms.abs(u, true).negi(), false))
              .addi(Transforms.max(u, 0, true));
      case POSITIVE -> Transforms.max(u, 0, true);
      case STEP -> u.gt(0).castTo(u.dataType());
      case ABS -> Transforms.abs(u, true);
      case SIGN -> Transforms.sign(u, true);
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
    INDArray array = array(target);
    INDArray shaped = sum.dup('c').reshape('c', array.shape()).castTo(array.dataType());
    if (beta == 0) {
      array.assign(shaped);
    } else {
      array.addi(shaped);
    }
  }
}
