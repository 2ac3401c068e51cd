package org.sparkvae.tensor;

import java.util.Objects;

/**
 * Consecutive columns of a matrix as an argument of a formula, without a copy.
 *
 * @param matrix [rows, n]
 * @param first column
 * @param count columns
 */
public record ColumnRange(Matrix matrix, int first, int count) implements Argument {
  /**
   * Checks the range.
   *
   * @throws IndexOutOfBoundsException where the matrix has no such columns
   * @throws IllegalArgumentException where the matrix's gradient lies over its value, of which a
   *     share of some columns would overwrite the others
   */
  public ColumnRange {
    Objects.checkFromIndexSize(first, count, matrix.columns());
    if (matrix.role() == Matrix.Role.IN_PLACE) {
      throw new IllegalArgumentException(
          "the gradient of a product lies over its value: no formula takes some of its columns");
    }
  }
}
