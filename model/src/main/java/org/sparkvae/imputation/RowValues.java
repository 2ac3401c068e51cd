package org.sparkvae.imputation;

import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;

/** Rows of a program's matrix, in and out, by one host buffer. */
final class RowValues {
  private final Matrix matrix;
  private final float[] host;

  RowValues(Matrix matrix) {
    this.matrix = matrix;
    host = new float[Math.multiplyExact(matrix.rows(), matrix.columns())];
  }

  /** Sets all rows. */
  void set(Program program, float[]... rows) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, host, r * matrix.columns(), matrix.columns());
    }
    program.kernels().copyIn(host, matrix.value());
  }

  /** Reads all rows, to {@link #copy} them. */
  void read(Program program) {
    program.kernels().copyOut(matrix.value(), host);
  }

  /** Copies a row that was read. */
  void copy(int row, float[] to) {
    System.arraycopy(host, row * matrix.columns(), to, 0, matrix.columns());
  }

  /** A value that was read. */
  float get(int row, int column) {
    return host[row * matrix.columns() + column];
  }
}
