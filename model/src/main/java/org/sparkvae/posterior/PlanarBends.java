package org.sparkvae.posterior;

import java.util.Arrays;
import java.util.Optional;
import org.sparkvae.posterior.loop.LoopKernels;
import org.sparkvae.posterior.loop.PlanarInverse;
import org.sparkvae.posterior.loop.PlanarKernels;
import org.sparkvae.tensor.formula.Function;

/** All maps, from u, w and b of each, and last z [rows, latent]. */
final class PlanarBends implements Invertible {
  private final int images;
  private final int k;
  private final int length;

  /** u' of each map and image, [length, images, k]. */
  private final double[][] push;

  private final double[][] byPush;

  /** softplus(w . u) = 1 + w . u' of each map and image, [length, images]. */
  private final double[][] reach;

  private final double[][] byReach;

  /** What each map is given, [length, rows, k], and its tanh, [length, rows]. */
  private double[][] given;

  private double[][] tanh;

  /** The same of the kernels, [rows, length]. */
  private final Kept kept = new Kept();

  PlanarBends(int images, int k, int length) {
    this.images = images;
    this.k = k;
    this.length = length;
    push = new double[length][images * k];
    byPush = new double[length][images * k];
    reach = new double[length][images];
    byReach = new double[length][images];
  }

  @Override
  public void forward(double[][] in, double[] out, double[] rows) {
    if (given == null) {
      given = new double[length][out.length];
      tanh = new double[length][rows.length];
    }
    for (int i = 0; i < length; i++) {
      direct(in, i);
    }
    System.arraycopy(in[in.length - 1], 0, out, 0, out.length);
    Arrays.fill(rows, 0);
    for (int i = 0; i < length; i++) {
      double[] w = in[Planar.PARAMETERS * i + 1];
      double[] b = in[Planar.PARAMETERS * i + 2];
      System.arraycopy(out, 0, given[i], 0, out.length);
      for (int row = 0; row < rows.length; row++) {
        int image = row % images;
        double h = Math.tanh(Sums.dot(w, image * k, out, row * k, k) + b[image]);
        tanh[i][row] = h;
        rows[row] += Math.log(volume(h, reach[i][image]));
        Sums.add(h, push[i], image * k, out, row * k, k);
      }
    }
  }

  /** The determinant, 1 + (1 - h^2) w . u': 1 - h^2 + h^2 is 1. */
  private static double volume(double h, double reach) {
    return h * h + (1 - h * h) * reach;
  }

  /** u' and its reach of each image. */
  private void direct(double[][] in, int i) {
    double[] u = in[Planar.PARAMETERS * i];
    double[] w = in[Planar.PARAMETERS * i + 1];
    System.arraycopy(u, 0, push[i], 0, u.length);
    for (int image = 0; image < images; image++) {
      int at = image * k;
      double wu = Sums.dot(w, at, u, at, k);
      reach[i][image] = Function.SOFTPLUS.of(wu);
      Sums.add((reach[i][image] - 1 - wu) / Sums.dot(w, at, w, at, k), w, at, push[i], at, k);
    }
  }

  @Override
  public void backward(
      double[][] in, double[] out, double[] byOut, double[] byRows, double[][] byIn) {
    for (int i = length - 1; i >= 0; i--) {
      double[] w = in[Planar.PARAMETERS * i + 1];
      double[] byW = byIn[Planar.PARAMETERS * i + 1];
      double[] byB = byIn[Planar.PARAMETERS * i + 2];
      Arrays.fill(byPush[i], 0);
      Arrays.fill(byReach[i], 0);
      for (int row = 0; row < byRows.length; row++) {
        int image = row % images;
        int at = image * k;
        double h = tanh[i][row];
        double slope = 1 - h * h;
        double byVolume = byRows[row] / volume(h, reach[i][image]);
        double byHeight =
            Sums.dot(push[i], at, byOut, row * k, k) + byVolume * 2 * h * (1 - reach[i][image]);
        byReach[i][image] += byVolume * slope;
        Sums.add(h, byOut, row * k, byPush[i], at, k);
        double byAngle = byHeight * slope;
        byB[image] += byAngle;
        Sums.add(byAngle, given[i], row * k, byW, at, k);
        Sums.add(byAngle, w, at, byOut, row * k, k);
      }
      directBackward(in, byIn, i);
    }
    System.arraycopy(byOut, 0, byIn[byIn.length - 1], 0, byOut.length);
  }

  private void directBackward(double[][] in, double[][] byIn, int i) {
    double[] u = in[Planar.PARAMETERS * i];
    double[] w = in[Planar.PARAMETERS * i + 1];
    double[] byU = byIn[Planar.PARAMETERS * i];
    double[] byW = byIn[Planar.PARAMETERS * i + 1];
    for (int image = 0; image < images; image++) {
      int at = image * k;
      double wu = Sums.dot(w, at, u, at, k);
      double ww = Sums.dot(w, at, w, at, k);
      double along = (reach[i][image] - 1 - wu) / ww;
      double byAlong = Sums.dot(byPush[i], at, w, at, k);
      double sigmoid = Function.SIGMOID.of(wu);
      double byWu = byReach[i][image] * sigmoid + byAlong * (sigmoid - 1) / ww;
      Sums.add(1, byPush[i], at, byU, at, k);
      Sums.add(byWu, w, at, byU, at, k);
      Sums.add(along, byPush[i], at, byW, at, k);
      Sums.add(byWu, u, at, byW, at, k);
      Sums.add(-2 * byAlong * along / ww, w, at, byW, at, k);
    }
  }

  @Override
  public void undo(double[][] in, double[] z) {
    int rows = z.length / k;
    for (int i = length - 1; i >= 0; i--) {
      direct(in, i);
      double[] w = in[Planar.PARAMETERS * i + 1];
      double[] b = in[Planar.PARAMETERS * i + 2];
      for (int row = 0; row < rows; row++) {
        int image = row % images;
        int at = image * k;
        double along = Sums.dot(w, at, z, row * k, k);
        double before = BentLine.inverse(reach[i][image] - 1, 1, b[image], along);
        Sums.add(-Math.tanh(before + b[image]), push[i], at, z, row * k, k);
      }
    }
  }

  @Override
  public void transport(double[][] in, double[] by) {
    int rows = by.length / k;
    for (int i = 0; i < length; i++) {
      double[] w = in[Planar.PARAMETERS * i + 1];
      for (int row = 0; row < rows; row++) {
        int image = row % images;
        double h = tanh[i][row];
        double along = Sums.dot(push[i], image * k, by, row * k, k);
        double factor = (1 - h * h) * along / volume(h, reach[i][image]);
        Sums.add(-factor, w, image * k, by, row * k, k);
      }
    }
  }

  @Override
  public PlanarKernels kernels() {
    return new PlanarKernels(k, length);
  }

  @Override
  public LoopKernels undoing() {
    return new PlanarInverse(kernels());
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public Optional<double[]> kept(int rows) {
    return kept.of(rows, length);
  }
}
