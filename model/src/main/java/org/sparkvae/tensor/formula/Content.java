package org.sparkvae.tensor.formula;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of an operand or an output. */
public sealed interface Content {
  /** Values in it. */
  long length();

  /** The array of ND4J in whose memory it lies; none for values on the heap. */
  Optional<INDArray> memory();

  /** An array of ND4J, contiguous in row-major order. */
  record Array(INDArray array) implements Content {
    @Override
    public long length() {
      return array.length();
    }

    @Override
    public Optional<INDArray> memory() {
      return Optional.of(array);
    }
  }

  /**
   * Consecutive columns of a matrix of ND4J, which is contiguous in row-major order.
   *
   * @param matrix [rows, n]
   * @param first column
   * @param count columns
   */
  record Part(INDArray matrix, int first, int count) implements Content {
    @Override
    public long length() {
      return matrix.size(0) * count;
    }

    @Override
    public Optional<INDArray> memory() {
      return Optional.of(matrix);
    }
  }

  /** A float64 value for each row, on the host. */
  record PerRow(double[] values) implements Content {
    @Override
    public long length() {
      return values.length;
    }

    @Override
    public Optional<INDArray> memory() {
      return Optional.empty();
    }
  }
}
