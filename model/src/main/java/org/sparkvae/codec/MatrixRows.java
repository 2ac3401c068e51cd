package org.sparkvae.codec;

import java.util.Arrays;
import java.util.List;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;

/** Rows of a program's matrix, in and out, by one host buffer. */
public final class MatrixRows {
  private final Matrix matrix;
  private final float[] host;

  /** Of a matrix, before or after it has memory. */
  public MatrixRows(Matrix matrix) {
    this.matrix = matrix;
    host = new float[Math.multiplyExact(matrix.rows(), matrix.columns())];
  }

  /** Sets the first rows; the others become 0. */
  public void set(Program program, List<float[]> rows) {
    for (int r = 0; r < rows.size(); r++) {
      System.arraycopy(rows.get(r), 0, host, r * matrix.columns(), matrix.columns());
    }
    Arrays.fill(host, rows.size() * matrix.columns(), host.length, 0);
    program.kernels().copyIn(host, matrix.value());
  }

  /** The first rows, [count][columns], fresh arrays. */
  public float[][] get(Program program, int count) {
    program.kernels().copyOut(matrix.value(), host);
    float[][] rows = new float[count][];
    for (int r = 0; r < count; r++) {
      rows[r] = Arrays.copyOfRange(host, r * matrix.columns(), (r + 1) * matrix.columns());
    }
    return rows;
  }
}
