package org.sparkvae.tensor.formula;

import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of an operand or an output. */
public sealed interface Content {
  /** Values in it. */
  long length();

  /** An array of ND4J, contiguous in row-major order. */
  record Array(INDArray array) implements Content {
    @Override
    public long length() {
      return array.length();
    }
  }

  /** A float64 value for each row, on the host. */
  record PerRow(double[] values) implements Content {
    @Override
    public long length() {
      return values.length;
    }
  }
}
