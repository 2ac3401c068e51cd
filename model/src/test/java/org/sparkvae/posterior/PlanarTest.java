package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;

class PlanarTest {
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  /**
   * Maps of fixed directions at any points: the base's mean is the point, and its noise is 0.
   *
   * @param kind the family
   * @param latent dimensions
   * @param directions biases of the heads of u, w and b, map after map
   */
  private record Flow(Planar kind, int latent, double[] directions) {
    static Flow random(int length, int latent, double scale, long seed) {
      double[] directions = new double[length * (2 * latent + 1)];
      Random random = new Random(seed);
      for (int i = 0; i < directions.length; i++) {
        directions[i] = scale * random.nextGaussian();
      }
      return new Flow(new Planar(length, new DiagonalGaussian()), latent, directions);
    }

    /** Of points, [n, latent]. */
    Mapped of(double[][] points) {
      Recorder recorder = new Recorder(points.length, 1);
      Matrix features = recorder.constant(points.length, latent);
      Samplable q = kind.given(recorder, features, latent);
      Drawn drawn = q.draw();
      Matrix mean = q.mean();
      ParameterLayout layout = recorder.layout();
      INDArray parameters = Nd4j.zeros(DataType.DOUBLE, layout.length());
      long base = layout.block("base.weight").offset();
      for (int d = 0; d < latent; d++) {
        parameters.putScalar(base + d * (2L * latent + 1), 1);
      }
      int next = 0;
      for (ParameterLayout.Block block : layout.blocks()) {
        if (block.name().matches("\\d+\\.[uwb]\\.bias")) {
          for (int i = 0; i < block.length(); i++) {
            parameters.putScalar(block.offset() + i, directions[next++]);
          }
        }
      }
      assertThat(next).isEqualTo(directions.length);
      Program program =
          new Program(
              recorder, layout, parameters, null, List.of(drawn.value(), drawn.logDensity(), mean));
      features.value().assign(Nd4j.create(points));
      program.forward();
      double[] values = mean.value().data().asDouble();
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

    /** The Jacobian of the maps at points, [n][latent][latent], by central differences. */
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

    private static double[][] moved(double[][] points, int dimension, double by) {
      double[][] moved = new double[points.length][];
      for (int i = 0; i < points.length; i++) {
        moved[i] = points[i].clone();
        moved[i][dimension] += by;
      }
      return moved;
    }
  }

  /**
   * What the maps make of points.
   *
   * @param values where they lead, [n, latent]
   * @param logVolumes what log q loses, [n]
   */
  private record Mapped(double[][] values, double[] logVolumes) {}

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "4, 2", "3, 5"})
  void logVolumeIsThatOfTheJacobian(int length, int latent) {
    Flow flow = Flow.random(length, latent, 1.2, 7);
    Random random = new Random(9);
    double[][] points = new double[20][latent];
    for (double[] point : points) {
      for (int d = 0; d < latent; d++) {
        point[d] = 1.5 * random.nextGaussian();
      }
    }
    double[] logVolumes = flow.of(points).logVolumes();
    double[][][] jacobians = flow.jacobians(points);
    for (int i = 0; i < points.length; i++) {
      double determinant = determinant(jacobians[i]);
      assertThat(determinant).isPositive();
      assertThat(logVolumes[i]).isCloseTo(Math.log(determinant), within(1e-7));
    }
    assertThat(Arrays.stream(logVolumes).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
  }

  private static double determinant(double[][] a) {
    double product = 1;
    for (int p = 0; p < a.length; p++) {
      int pivot = p;
      for (int i = p + 1; i < a.length; i++) {
        pivot = Math.abs(a[i][p]) > Math.abs(a[pivot][p]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[p];
      a[p] = row;
      product *= pivot == p ? row[p] : -row[p];
      for (int i = p + 1; i < a.length; i++) {
        double factor = a[i][p] / row[p];
        for (int j = p; j < a.length; j++) {
          a[i][j] -= factor * row[j];
        }
      }
    }
    return product;
  }

  /** The density on a grid of values, each of which is traced back to its point by Newton. */
  @Test
  void theDensityInTwoDimensionsIntegratesToOne() {
    Flow flow = Flow.random(2, 2, 0.9, 4);
    double step = 0.25;
    int side = 51;
    double[][] values = new double[side * side][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new double[] {step * (i / side - side / 2), step * (i % side - side / 2)};
    }
    double[][] points = inverted(flow, values);
    double[] logVolumes = flow.of(points).logVolumes();
    double integral = 0;
    double ofWrongSign = 0;
    for (int i = 0; i < points.length; i++) {
      double squares = points[i][0] * points[i][0] + points[i][1] * points[i][1];
      double logBase = -LOG_2PI - 0.5 * squares;
      integral += step * step * Math.exp(logBase - logVolumes[i]);
      ofWrongSign += step * step * Math.exp(logBase + logVolumes[i]);
    }
    assertThat(integral).isCloseTo(1, within(1e-4));
    assertThat(Math.abs(ofWrongSign - 1)).isGreaterThan(0.1);
  }

  private static double[][] inverted(Flow flow, double[][] values) {
    double[][] points = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    int[] open = IntStream.range(0, points.length).toArray();
    for (int iteration = 0; iteration < 60 && open.length > 0; iteration++) {
      double[][] at = Arrays.stream(open).mapToObj(i -> points[i]).toArray(double[][]::new);
      double[][] mapped = flow.of(at).values();
      double[][][] jacobians = flow.jacobians(at);
      double[] errors = new double[points.length];
      for (int n = 0; n < open.length; n++) {
        int i = open[n];
        double e0 = values[i][0] - mapped[n][0];
        double e1 = values[i][1] - mapped[n][1];
        errors[i] = Math.hypot(e0, e1);
        double[][] j = jacobians[n];
        double determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0];
        double d0 = (j[1][1] * e0 - j[0][1] * e1) / determinant;
        double d1 = (j[0][0] * e1 - j[1][0] * e0) / determinant;
        // Where the maps bend a lot, a whole step goes too far.
        double part = Math.min(1, 1 / Math.hypot(d0, d1));
        points[i][0] += part * d0;
        points[i][1] += part * d1;
      }
      System.out.println("XX " + iteration + " " + open.length + " " + System.nanoTime() / 1000000);
      open = Arrays.stream(open).filter(i -> errors[i] > 1e-9).toArray();
    }
    assertThat(open).as("values that are not traced back").isEmpty();
    return points;
  }

  /** w . u is -6: without the constraint the map would fold. */
  @Test
  void mapsThatWouldFoldDoNot() {
    double[][] line = new double[81][];
    for (int i = 0; i < line.length; i++) {
      line[i] = new double[] {0.1 * (i - 40)};
    }
    Flow flow = new Flow(new Planar(1, new DiagonalGaussian()), 1, new double[] {-3, 2, 0.3});
    Mapped mapped = flow.of(line);
    for (int i = 1; i < line.length; i++) {
      assertThat(mapped.values()[i][0]).isGreaterThan(mapped.values()[i - 1][0]);
      assertThat(mapped.logVolumes()[i]).isFinite();
    }
  }

  /** Of features that are all 0, as an image's that is black. */
  @Test
  void mapsOfNoFeaturesStartDefined() {
    Recorder recorder = new Recorder(1, 1);
    new Planar(2, new Chain()).given(recorder, recorder.constant(1, 3), 2);
    for (String name : List.of("0.w.bias", "1.w.bias")) {
      ParameterLayout.Block block = recorder.layout().block(name);
      assertThat(block.start().values(block, 1, new float[0])).doesNotContain(0f);
    }
  }

  @Test
  void aFlowOfNoMapsIsRefused() {
    assertThatThrownBy(() -> new Planar(0, new Chain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length must be at least 1, but is 0");
  }
}
