package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Node;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Start;

/**
 * The maps of a family on a diagonal Gaussian at any points: the base's mean is the point, and its
 * noise is 0.
 *
 * @param kind the family, whose base is a diagonal Gaussian
 * @param latent dimensions
 * @param directions the parameters of the maps, each the same for all images
 * @param seed of the maps' own weights
 * @param scale of the noise that those have
 */
record Flow(Posterior kind, int latent, List<double[]> directions, long seed, double scale) {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /**
   * What the maps make of points.
   *
   * @param values where they lead, [n, latent]
   * @param logVolumes what log q loses, [n]
   */
  record Mapped(double[][] values, double[] logVolumes) {}

  /** Of normal directions and weights. */
  static Flow random(Posterior kind, int latent, double scale, long seed) {
    Random random = new Random(seed);
    List<double[]> directions = new ArrayList<>();
    for (int columns : columns(kind, latent)) {
      directions.add(random.doubles(columns, -1, 1).map(x -> 1.7 * scale * x).toArray());
    }
    return new Flow(kind, latent, directions, seed, scale);
  }

  /** Of each parameter but the base's. */
  static List<Integer> columns(Posterior kind, int latent) {
    Recorder scratch = new Recorder(1, 1);
    List<Matrix> all = kind.parameters(scratch, scratch.constant(1, 1), latent);
    return all.subList(0, all.size() - 1).stream().map(Matrix::columns).toList();
  }

  /** Of points, [n, latent]. */
  Mapped of(double[][] points) {
    return new Compiled(points.length).of(points);
  }

  /** A program of so many points. */
  private final class Compiled {
    private final List<Matrix> parameters = new ArrayList<>();
    private final Drawn drawn;
    private final Matrix code;
    private final Program program;

    Compiled(int n) {
      Recorder recorder = new Recorder(n, 1);
      directions.forEach(of -> parameters.add(recorder.constant(n, of.length)));
      parameters.add(recorder.constant(n, 2 * latent));
      Samplable q = kind.of(recorder, parameters, latent);
      drawn = q.draw();
      code = q.mean();
      // A vector of parameters needs one at least.
      recorder.vector("none", 1, new Start.Constant(0));
      ParameterLayout layout = recorder.layout();
      List<Node> results = List.of(drawn.value(), drawn.logDensity(), code);
      program = Program.by(recorder, layout, weights(layout), parameters, results);
      for (int m = 0; m < directions.size(); m++) {
        INDArray value = parameters.get(m).value();
        value.assign(0).addiRowVector(Nd4j.createFromArray(directions.get(m)));
      }
    }

    Mapped of(double[][] points) {
      INDArray packed = parameters.get(parameters.size() - 1).value();
      for (int i = 0; i < points.length; i++) {
        for (int d = 0; d < latent; d++) {
          packed.putScalar(i, d, points[i][d]);
        }
      }
      program.forward();
      double[] values = code.value().data().asDouble();
      assertThat(values).isEqualTo(drawn.value().value().data().asDouble());
      double[] logVolumes = drawn.logDensity().value().clone();
      for (int i = 0; i < logVolumes.length; i++) {
        logVolumes[i] = -0.5 * latent * LOG_2PI - logVolumes[i];
      }
      double[][] rows = new double[points.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(values, i * latent, (i + 1) * latent);
      }
      return new Mapped(rows, logVolumes);
    }

    double[][][] jacobians(double[][] points) {
      double h = 1e-5;
      double[][][] jacobians = new double[points.length][latent][latent];
      for (int d = 0; d < latent; d++) {
        double[][] above = of(moved(points, d, h)).values();
        double[][] below = of(moved(points, d, -h)).values();
        for (int i = 0; i < points.length; i++) {
          for (int c = 0; c < latent; c++) {
            jacobians[i][c][d] = (above[i][c] - below[i][c]) / (2 * h);
          }
        }
      }
      return jacobians;
    }
  }

  /** Around where training starts. */
  private INDArray weights(ParameterLayout layout) {
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, layout.length());
    Random random = new Random(seed);
    for (ParameterLayout.Block block : layout.blocks()) {
      float[] start = block.start().values(block, seed, new float[0]);
      for (int i = 0; i < start.length; i++) {
        weights.putScalar(block.offset() + i, start[i] + scale * random.nextGaussian());
      }
    }
    return weights;
  }

  /** Normal points, [n][latent]. */
  double[][] points(int n, long seed) {
    Random random = new Random(seed);
    double[][] points = new double[n][latent];
    for (double[] point : points) {
      Arrays.setAll(point, d -> 1.5 * random.nextGaussian());
    }
    return points;
  }

  /** The Jacobian of the maps at points, [n][latent][latent], by central differences. */
  double[][][] jacobians(double[][] points) {
    return new Compiled(points.length).jacobians(points);
  }

  private static double[][] moved(double[][] points, int dimension, double by) {
    double[][] moved = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      moved[i] = points[i].clone();
      moved[i][dimension] += by;
    }
    return moved;
  }

  /**
   * The points that the maps send to values, by Newton from other points.
   *
   * @param start of the search, [n][latent]
   */
  double[][] inverted(double[][] values, double[][] start) {
    double[][] points = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    Compiled compiled = new Compiled(points.length);
    double worst = 1;
    for (int i = 0; i < 60 && worst > 1e-9; i++) {
      double[][] mapped = compiled.of(points).values();
      double[][][] jacobians = compiled.jacobians(points);
      worst = 0;
      for (int n = 0; n < points.length; n++) {
        double[] step = new double[latent];
        for (int d = 0; d < latent; d++) {
          step[d] = values[n][d] - mapped[n][d];
        }
        solve(jacobians[n], step);
        double length = Math.sqrt(Arrays.stream(step).map(x -> x * x).sum());
        worst = Math.max(worst, length);
        // Where the maps bend a lot, a whole step goes too far.
        double part = Math.min(1, 1 / length);
        for (int d = 0; d < latent; d++) {
          points[n][d] += length == 0 ? 0 : part * step[d];
        }
      }
    }
    return points;
  }

  static double determinant(double[][] a) {
    return solve(a, new double[a.length]);
  }

  /** Sets b to a^-1 b, by Gauss with pivots; a is used up. Its determinant. */
  private static double solve(double[][] a, double[] b) {
    int n = a.length;
    double product = 1;
    for (int p = 0; p < n; p++) {
      int pivot = p;
      for (int i = p + 1; i < n; i++) {
        pivot = Math.abs(a[i][p]) > Math.abs(a[pivot][p]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[p];
      a[p] = row;
      double right = b[pivot];
      b[pivot] = b[p];
      b[p] = right;
      product *= pivot == p ? row[p] : -row[p];
      for (int i = p + 1; i < n; i++) {
        double factor = a[i][p] / row[p];
        for (int j = p; j < n; j++) {
          a[i][j] -= factor * row[j];
        }
        b[i] -= factor * right;
      }
    }
    for (int p = n - 1; p >= 0; p--) {
      for (int j = p + 1; j < n; j++) {
        b[p] -= a[p][j] * b[j];
      }
      b[p] /= a[p][p];
    }
    return product;
  }

  /**
   * The integral over the plane of the density of N(0, I), mapped: the sum over small squares of
   * the area of what each is mapped to, found by its corners, times the density there.
   *
   * @param sign of the volumes: of the wrong one it is not 1
   */
  double integral(int sign) {
    double step = 0.06;
    int side = 201;
    double[][] corners = grid(side + 1, step);
    double[][] images = of(corners).values();
    double[][] centres = grid(side, step);
    double[] logVolumes = of(centres).logVolumes();
    double integral = 0;
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        double[] a = images[i * (side + 1) + j];
        double[] b = images[(i + 1) * (side + 1) + j];
        double[] c = images[(i + 1) * (side + 1) + j + 1];
        double[] d = images[i * (side + 1) + j + 1];
        double area = 0.5 * ((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1]));
        double[] z = centres[i * side + j];
        double logBase = -LOG_2PI - 0.5 * (z[0] * z[0] + z[1] * z[1]);
        integral += area * Math.exp(logBase - sign * logVolumes[i * side + j]);
      }
    }
    return integral;
  }

  private static double[][] grid(int side, double step) {
    double[][] points = new double[side * side][];
    for (int i = 0; i < points.length; i++) {
      double middle = 0.5 * (side - 1);
      points[i] = new double[] {step * (i / side - middle), step * (i % side - middle)};
    }
    return points;
  }
}
