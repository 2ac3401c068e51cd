package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.kernels.Activation;

class IafTest {
  private static final DiagonalGaussian BASE = new DiagonalGaussian();

  private static Iaf kind(int length, Integer... hidden) {
    return new Iaf(length, List.of(hidden), Activation.TANH, BASE);
  }

  /** One map moves a dimension by those before it alone, and keeps the sign of its direction. */
  @ParameterizedTest
  @CsvSource({"5, 17", "5, 3", "2, 1", "6, 6"})
  void theJacobianOfOneMapIsLowerTriangular(int latent, int width) {
    for (Iaf kind : List.of(kind(1, width), kind(1, width, width + 4))) {
      Flow flow = Flow.random(kind, latent, 1, 3);
      double[][] points = flow.points(10, 5);
      double[][][] jacobians = flow.jacobians(points);
      for (double[][] jacobian : jacobians) {
        for (int i = 0; i < latent; i++) {
          for (int j = 0; j < latent; j++) {
            if (j > i) {
              assertThat(jacobian[i][j]).isZero();
            } else if (j == i) {
              assertThat(jacobian[i][j]).isBetween(0.0, 1.0);
            }
          }
        }
      }
      // The last dimension is moved by each of the others that a unit sees.
      for (int j = width < latent ? latent - 1 : 0; j < latent; j++) {
        assertThat(jacobians[0][latent - 1][j]).isNotZero();
      }
    }
  }

  /** In the reverse order, the first dimension of two maps depends on all. */
  @Test
  void theSecondMapTakesTheDimensionsInTheReverseOrder() {
    Flow flow = Flow.random(kind(2, 12), 4, 1, 3);
    double[][] jacobian = flow.jacobians(flow.points(1, 5))[0];
    for (int j = 0; j < 4; j++) {
      assertThat(jacobian[0][j]).isNotZero();
    }
  }

  /**
   * Of units that are in their linear part and a gate that no dimension moves, a map is affine with
   * a lower triangular matrix: what it makes of a diagonal Gaussian is a Gaussian.
   */
  @Test
  void linearMapsGiveTheGaussianOfTheirMatrix() {
    int latent = 4;
    int width = 7;
    int samples = 6;
    Recorder recorder = new Recorder(1, samples);
    Matrix context = recorder.constant(1, width);
    Matrix packed = recorder.constant(1, 2 * latent);
    Iaf kind = new Iaf(1, List.of(width), Activation.RELU, BASE);
    Drawn drawn = kind.of(recorder, List.of(context, packed), latent).draw();
    ParameterLayout layout = recorder.layout();
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, layout.length());
    double[][] in = random(weights, layout.block("0.0.weight"), 1);
    double[][] out = random(weights, layout.block("0.shift.weight"), 2);
    double[][] shift = random(weights, layout.block("0.shift.bias"), 3);
    double[][] gate = random(weights, layout.block("0.gate.bias"), 4);
    Program program =
        new Program(recorder, layout, weights, null, List.of(drawn.value(), drawn.logDensity()));
    double far = 50;
    context.value().assign(far);
    double[] base = new Random(5).doubles(2L * latent, -1, 1).toArray();
    packed.value().assign(Nd4j.create(base, new long[] {1, base.length}));
    program.noise().draw(ModelCases.key(6, 0), 0);
    program.noise().send();
    program.forward();

    double[][] matrix = new double[latent][latent];
    double[] mean = new double[latent];
    for (int i = 0; i < latent; i++) {
      double s = 1 / (1 + Math.exp(-gate[0][i]));
      matrix[i][i] = s;
      mean[i] = s * base[i] + (1 - s) * shift[0][i];
      for (int j = 0; j < width; j++) {
        int degree = j * latent / width;
        if (degree <= i) {
          mean[i] += (1 - s) * out[j][i] * far;
          for (int d = 0; d < degree; d++) {
            matrix[i][d] += (1 - s) * out[j][i] * in[d][j];
            mean[i] += (1 - s) * out[j][i] * in[d][j] * base[d];
          }
        }
      }
    }
    double[][] covariance = new double[latent][latent];
    for (int i = 0; i < latent; i++) {
      for (int j = 0; j < latent; j++) {
        for (int d = 0; d < latent; d++) {
          covariance[i][j] += matrix[i][d] * matrix[j][d] * Math.exp(base[latent + d]);
        }
      }
    }
    Dense dense = new Dense(covariance);
    for (int r = 0; r < samples; r++) {
      double[] offset = new double[latent];
      for (int i = 0; i < latent; i++) {
        offset[i] = drawn.value().value().getDouble(r, i) - mean[i];
      }
      double constant = latent * Math.log(2 * Math.PI) + dense.logDeterminant();
      double density = -0.5 * (constant + dense.inverse().quadratic(offset));
      assertThat(drawn.logDensity().value()[r]).isCloseTo(density, within(1e-9));
    }
  }

  private static double[][] random(INDArray weights, ParameterLayout.Block block, long seed) {
    Random random = new Random(seed);
    double[][] values = new double[block.rows()][block.columns()];
    for (int i = 0; i < block.length(); i++) {
      double value = random.nextDouble() - 0.5;
      values[i / block.columns()][i % block.columns()] = value;
      weights.putScalar(block.offset() + i, value);
    }
    return values;
  }

  @Test
  void aNetworkWithoutWidthsIsRefused() {
    assertThatThrownBy(() -> kind(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden needs one width or more, each at least 1, but is []");
  }
}
