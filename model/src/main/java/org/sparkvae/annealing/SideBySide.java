package org.sparkvae.annealing;

import java.util.List;
import org.sparkvae.host.FloatRows;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;

/** Matrices of as many rows each, whose columns stand side by side in a chain's state. */
final class SideBySide {
  private final List<Matrix> matrices;
  private final int columns;

  /** Of each matrix, its values in host memory; none where there is one, which needs no copy. */
  private final List<float[]> parts;

  /**
   * Matrices.
   *
   * @param matrices at least one
   */
  SideBySide(List<Matrix> matrices) {
    this.matrices = List.copyOf(matrices);
    columns = matrices.stream().mapToInt(Matrix::columns).sum();
    parts =
        matrices.size() == 1
            ? List.of()
            : matrices.stream().map(of -> new float[of.rows() * of.columns()]).toList();
  }

  /**
   * Sets their values.
   *
   * @param program whose they are
   * @param state [rows, columns]
   */
  void set(Program program, float[] state) {
    if (parts.isEmpty()) {
      program.kernels().copyIn(state, matrices.get(0).value());
      return;
    }
    int from = 0;
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      float[] part = parts.get(i);
      among(state, from, matrix).copyTo(alone(part, matrix), matrix.rows());
      program.kernels().copyIn(part, matrix.value());
      from += matrix.columns();
    }
  }

  /**
   * Gives the derivatives by them.
   *
   * @param program whose they are
   * @param slopes set, [rows, columns]
   */
  void gradients(Program program, float[] slopes) {
    if (parts.isEmpty()) {
      program.kernels().copyOut(matrices.get(0).gradient(), slopes);
      return;
    }
    int from = 0;
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      float[] part = parts.get(i);
      program.kernels().copyOut(matrix.gradient(), part);
      alone(part, matrix).copyTo(among(slopes, from, matrix), matrix.rows());
      from += matrix.columns();
    }
  }

  private FloatRows among(float[] all, int from, Matrix matrix) {
    return new FloatRows(all, from, columns, matrix.columns());
  }

  private static FloatRows alone(float[] part, Matrix matrix) {
    return new FloatRows(part, 0, matrix.columns(), matrix.columns());
  }
}
