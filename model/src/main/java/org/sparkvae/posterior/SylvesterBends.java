package org.sparkvae.posterior;

import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.SylvesterInverse;
import org.sparkvae.posterior.loop.SylvesterKernels;

/**
 * All maps, from v and r of each, and last z [rows, latent].
 *
 * <p>A map turns z by the reflections, adds to its first m values, and turns it back.
 */
final class SylvesterBends implements Invertible {
  private final int images;
  private final int k;
  private final int m;
  private final int length;
  private final int triangle;
  private final Reflections turn;
  private final double[] added;
  private final double[] byBend;

  /** tanh of every row and map, [rows, length, m]. */
  private double[] bends = new double[0];

  /** R and S with their diagonals, and b, as r has them; [images, length, m (m + 2)]. */
  private double[] matrices = new double[0];

  private double[] byMatrices = new double[0];

  /** What the kernels keep of {@link #bends}. */
  private final Kept kept = new Kept();

  /** What the maps gave, and on the way back what they were given. */
  private double[] z = new double[0];

  SylvesterBends(int images, int k, int m, int length, Reflections turn) {
    this.images = images;
    this.k = k;
    this.m = m;
    this.length = length;
    this.turn = turn;
    triangle = m * (m + 1) / 2;
    added = new double[m];
    byBend = new double[m];
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    open(in, rows.length);
    int size = m * (m + 2);
    System.arraycopy(in[in.length - 1], 0, out, 0, out.length);
    for (int row = 0; row < rows.length; row++) {
      int image = row % images;
      rows[row] = 0;
      for (int i = 0; i < length; i++) {
        double[] v = in[Sylvester.PARAMETERS * i];
        int at = image * (v.length / images);
        turn.forth(v, at, out, row * k);
        rows[row] += bend((image * length + i) * size, out, row * k, (row * length + i) * m);
        turn.back(v, at, out, row * k);
      }
    }
  }

  /** Takes R, S and b of each map and image. */
  private void open(double[][] in, int rows) {
    int size = m * (m + 2);
    if (bends.length != rows * length * m) {
      bends = new double[rows * length * m];
      matrices = new double[images * length * size];
      byMatrices = new double[matrices.length];
      z = new double[rows * k];
    }
    for (int i = 0; i < length; i++) {
      for (int image = 0; image < images; image++) {
        int at = (image * length + i) * size;
        System.arraycopy(in[Sylvester.PARAMETERS * i + 1], image * size, matrices, at, size);
        for (int j = 0; j < m; j++) {
          matrices[at + diagonal(j)] = Math.tanh(matrices[at + diagonal(j)]);
          int ofS = at + triangle + diagonal(j);
          matrices[ofS] = Math.tanh(matrices[ofS]);
        }
      }
    }
  }

  /** Where the place (j, j) of a triangle is. */
  private int diagonal(int j) {
    return j * m - j * (j - 1) / 2;
  }

  /** Adds R tanh(S y + b) to y; the log-volume. */
  private double bend(int matrix, double[] y, int row, int tanh) {
    double logVolume = 0;
    for (int j = 0; j < m; j++) {
      int s = matrix + triangle + diagonal(j);
      double a = matrices[matrix + 2 * triangle + j] + Sums.dot(matrices, s, y, row + j, m - j);
      double h = Math.tanh(a);
      bends[tanh + j] = h;
      logVolume += Math.log1p((1 - h * h) * matrices[matrix + diagonal(j)] * matrices[s]);
    }
    for (int j = 0; j < m; j++) {
      y[row + j] += Sums.dot(matrices, matrix + diagonal(j), bends, tanh + j, m - j);
    }
    return logVolume;
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    int size = m * (m + 2);
    Arrays.fill(byMatrices, 0);
    System.arraycopy(out, 0, z, 0, out.length);
    for (int row = 0; row < byRows.length; row++) {
      int image = row % images;
      for (int i = length - 1; i >= 0; i--) {
        double[] v = in[Sylvester.PARAMETERS * i];
        double[] byV = byIn[Sylvester.PARAMETERS * i];
        int at = image * (v.length / images);
        turn.backBackward(v, byV, at, z, row * k, byOut, row * k);
        int matrix = (image * length + i) * size;
        bendBackward(matrix, z, byOut, row * k, (row * length + i) * m, byRows[row]);
        turn.forthBackward(v, byV, at, z, row * k, byOut, row * k);
      }
    }
    System.arraycopy(byOut, 0, byIn[byIn.length - 1], 0, byOut.length);
    for (int i = 0; i < length; i++) {
      for (int image = 0; image < images; image++) {
        int at = (image * length + i) * size;
        for (int j = 0; j < m; j++) {
          straighten(at + diagonal(j));
          straighten(at + triangle + diagonal(j));
        }
        System.arraycopy(byMatrices, at, byIn[Sylvester.PARAMETERS * i + 1], image * size, size);
      }
    }
  }

  /** From the derivative by a tanh to that by its argument. */
  private void straighten(int place) {
    byMatrices[place] *= 1 - matrices[place] * matrices[place];
  }

  private void bendBackward(
      int matrix, double[] y, double[] by, int row, int tanh, double byVolume) {
    for (int j = 0; j < m; j++) {
      added[j] = Sums.dot(matrices, matrix + diagonal(j), bends, tanh + j, m - j);
      byBend[j] = 0;
    }
    for (int j = 0; j < m; j++) {
      y[row + j] -= added[j];
      int r = matrix + diagonal(j);
      Sums.add(by[row + j], bends, tanh + j, byMatrices, r, m - j);
      Sums.add(by[row + j], matrices, r, byBend, j, m - j);
    }
    for (int j = 0; j < m; j++) {
      int r = matrix + diagonal(j);
      int s = matrix + triangle + diagonal(j);
      double h = bends[tanh + j];
      double slope = 1 - h * h;
      double byReach = byVolume / (1 + slope * matrices[r] * matrices[s]);
      byMatrices[r] += byReach * slope * matrices[s];
      byMatrices[s] += byReach * slope * matrices[r];
      double byAngle = (byBend[j] - 2 * h * byReach * matrices[r] * matrices[s]) * slope;
      byMatrices[matrix + 2 * triangle + j] += byAngle;
      Sums.add(byAngle, y, row + j, byMatrices, s, m - j);
      byBend[j] = byAngle;
    }
    for (int j = 0; j < m; j++) {
      Sums.add(byBend[j], matrices, matrix + triangle + diagonal(j), by, row + j, m - j);
    }
  }

  @Override
  public void undo(double[][] in, double[] y) {
    int rows = y.length / k;
    open(in, rows);
    int size = m * (m + 2);
    for (int row = 0; row < rows; row++) {
      int image = row % images;
      for (int i = length - 1; i >= 0; i--) {
        double[] v = in[Sylvester.PARAMETERS * i];
        int at = image * (v.length / images);
        turn.forth(v, at, y, row * k);
        unbend((image * length + i) * size, y, row * k, (row * length + i) * m);
        turn.back(v, at, y, row * k);
      }
    }
  }

  /** Takes R tanh(S y + b) away again, from the last value on, which depends on itself alone. */
  private void unbend(int matrix, double[] y, int row, int tanh) {
    for (int j = m - 1; j >= 0; j--) {
      int rest = m - 1 - j;
      int r = matrix + diagonal(j);
      int s = matrix + triangle + diagonal(j);
      double t =
          matrices[matrix + 2 * triangle + j] + Sums.dot(matrices, s + 1, y, row + j + 1, rest);
      double value = y[row + j] - Sums.dot(matrices, r + 1, bends, tanh + j + 1, rest);
      y[row + j] = BentLine.inverse(matrices[r], matrices[s], t, value);
      bends[tanh + j] = Math.tanh(matrices[s] * y[row + j] + t);
    }
  }

  @Override
  public void transport(double[][] in, double[] by) {
    int size = m * (m + 2);
    for (int row = 0; row < by.length / k; row++) {
      int image = row % images;
      for (int i = 0; i < length; i++) {
        double[] v = in[Sylvester.PARAMETERS * i];
        int at = image * (v.length / images);
        turn.forth(v, at, by, row * k);
        solve((image * length + i) * size, by, row * k, (row * length + i) * m);
        turn.back(v, at, by, row * k);
      }
    }
  }

  /** Solves (I + S^T D R^T) u = by, D the slopes of tanh: a lower triangle. */
  private void solve(int matrix, double[] by, int row, int tanh) {
    Arrays.fill(byBend, 0);
    // byBend becomes R^T u so far, added S^T D R^T u.
    Arrays.fill(added, 0);
    for (int a = 0; a < m; a++) {
      int r = matrix + diagonal(a);
      int s = matrix + triangle + diagonal(a);
      double slope = 1 - bends[tanh + a] * bends[tanh + a];
      double rest = by[row + a] - added[a] - matrices[s] * slope * byBend[a];
      double u = rest / (1 + slope * matrices[r] * matrices[s]);
      by[row + a] = u;
      Sums.add(u, matrices, r, byBend, a, m - a);
      Sums.add(slope * byBend[a], matrices, s, added, a, m - a);
    }
  }

  @Override
  public SylvesterKernels kernels() {
    return new SylvesterKernels(k, m, turn.count(), length);
  }

  @Override
  public LoopKernels undoing() {
    return new SylvesterInverse(kernels());
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public Optional<double[]> kept(int rows) {
    return kept.of(rows, length * m);
  }
}
