package org.sparkvae.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.formula.Content;
import org.sparkvae.tensor.kernels.Kernels;

/** The arrays of a formula's arguments. */
final class ArgumentArrays {
  private ArgumentArrays() {}

  static Content value(Argument argument) {
    if (argument instanceof Rows rows) {
      return new Content.PerRow(rows.value());
    }
    if (argument instanceof Matrix matrix) {
      return new Content.Array(matrix.value());
    }
    if (argument instanceof Parameter parameter) {
      return new Content.Array(parameter.value());
    }
    ColumnRange range = (ColumnRange) argument;
    return new Content.Part(range.matrix().value(), range.first(), range.count());
  }

  /** The gradient; null where it has none. */
  static Content gradient(Argument argument) {
    if (argument instanceof Rows rows) {
      return new Content.PerRow(rows.gradient());
    }
    if (argument instanceof Matrix matrix) {
      return array(matrix.gradient());
    }
    if (argument instanceof Parameter parameter) {
      return array(parameter.gradient());
    }
    ColumnRange range = (ColumnRange) argument;
    INDArray whole = range.matrix().gradient();
    return whole == null ? null : new Content.Part(whole, range.first(), range.count());
  }

  private static Content array(INDArray array) {
    return array == null ? null : new Content.Array(array);
  }

  /** The beta with which the caller, about to contribute, must write. */
  static double claim(Kernels kernels, Argument argument) {
    if (argument instanceof Rows rows) {
      return rows.claim();
    }
    if (argument instanceof Matrix matrix) {
      return matrix.claim();
    }
    if (argument instanceof Parameter parameter) {
      return parameter.claim();
    }
    Matrix whole = ((ColumnRange) argument).matrix();
    if (whole.claim() == 0) {
      // The other columns have no other writer.
      kernels.clear(whole.gradient());
    }
    return 1;
  }
}
