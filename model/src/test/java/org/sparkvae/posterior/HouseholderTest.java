package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.Start;

class HouseholderTest {
  private static final int LATENT = 4;
  private static final int SAMPLES = 5;

  /** By U, the product of I - 2 v v^T / |v|^2: a Gaussian of the mean U m and of U D U^T. */
  @Test
  void ofADiagonalGaussianItIsTheGaussianOfTheRotatedCovariance() {
    int length = 3;
    Householder kind = new Householder(length, new DiagonalGaussian());
    Recorder recorder = new Recorder(1, SAMPLES);
    List<Matrix> parameters = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      parameters.add(recorder.constant(1, LATENT));
    }
    Matrix packed = recorder.constant(1, 2 * LATENT);
    parameters.add(packed);
    Samplable q = kind.of(recorder, parameters, LATENT);
    Drawn drawn = q.draw();
    Matrix mean = q.mean();
    Rows kl = q.klToStandardNormal().orElseThrow();
    recorder.vector("none", 1, new Start.Constant(0));
    Program program =
        new Program(
            recorder,
            recorder.layout(),
            Nd4j.zeros(DataType.DOUBLE, 1),
            null,
            List.of(drawn.value(), drawn.logDensity(), mean, kl));
    Random random = new Random(1);
    double[][] u = new double[LATENT][LATENT];
    for (int i = 0; i < LATENT; i++) {
      u[i][i] = 1;
    }
    for (Matrix matrix : parameters) {
      for (int i = 0; i < matrix.columns(); i++) {
        matrix.value().putScalar(i, random.nextGaussian());
      }
      if (matrix != packed) {
        u = times(reflection(matrix.value().dup().data().asDouble()), u);
      }
    }
    program.noise().draw(ModelCases.key(2, 0), 0);
    program.noise().send();
    program.forward();

    double[] base = packed.value().dup().data().asDouble();
    double[] expected = new Dense(u).times(Arrays.copyOf(base, LATENT));
    assertThat(mean.value().dup().data().asDouble()).containsExactly(expected, within(1e-12));
    double[][] covariance = new double[LATENT][LATENT];
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < LATENT; i++) {
      for (int j = 0; j < LATENT; j++) {
        for (int d = 0; d < LATENT; d++) {
          covariance[i][j] += u[i][d] * u[j][d] * Math.exp(base[LATENT + d]);
        }
      }
      trace += covariance[i][i];
      squares += expected[i] * expected[i];
    }
    Dense dense = new Dense(covariance);
    assertThat(Math.abs(covariance[0][1])).isGreaterThan(0.01);
    assertThat(kl.value()[0])
        .isCloseTo(0.5 * (trace + squares - LATENT - dense.logDeterminant()), within(1e-12));
    for (int r = 0; r < SAMPLES; r++) {
      double[] offset = new double[LATENT];
      for (int i = 0; i < LATENT; i++) {
        offset[i] = drawn.value().value().getDouble(r, i) - expected[i];
      }
      double constant = LATENT * Math.log(2 * Math.PI) + dense.logDeterminant();
      double density = -0.5 * (constant + dense.inverse().quadratic(offset));
      assertThat(drawn.logDensity().value()[r]).isCloseTo(density, within(1e-10));
    }
  }

  private static double[][] reflection(double[] v) {
    double square = Arrays.stream(v).map(x -> x * x).sum();
    double[][] h = new double[v.length][v.length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        h[i][j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / square;
      }
    }
    return h;
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        for (int m = 0; m < a.length; m++) {
          product[i][j] += a[i][m] * b[m][j];
        }
      }
    }
    return product;
  }

  /** Each reflection turns space inside out, and keeps volumes. */
  @Test
  void theJacobianIsOrthogonal() {
    for (int length : new int[] {1, 2, 5}) {
      Flow flow = Flow.random(new Householder(length, new DiagonalGaussian()), LATENT, 1, 3);
      double[][] points = flow.points(3, 4);
      double[][][] jacobians = flow.jacobians(points);
      for (int i = 0; i < points.length; i++) {
        assertThat(flow.of(points).logVolumes()[i]).isCloseTo(0, within(1e-12));
        assertThat(Flow.determinant(jacobians[i]))
            .isCloseTo(length % 2 == 0 ? 1 : -1, within(1e-8));
      }
    }
  }

  @Test
  void whereADirectionIsNothingNothingIsReflected() {
    List<double[]> nothing = List.of(new double[LATENT]);
    Flow flow = new Flow(new Householder(1, new DiagonalGaussian()), LATENT, nothing, 1, 1);
    double[][] points = flow.points(3, 4);
    assertThat(flow.of(points).values()).isDeepEqualTo(points);
  }

  /** Of features that are all 0, as an image's that is black. */
  @Test
  void directionsOfNoFeaturesStartDefined() {
    Recorder recorder = new Recorder(1, 1);
    new Householder(2, new Chain()).given(recorder, recorder.constant(1, 3), 2);
    new Sylvester(1, 1, 2, new Chain()).given(recorder, recorder.constant(1, 3), 2);
    for (String name : List.of("0.bias", "1.bias", "0.v.bias")) {
      ParameterLayout.Block block = recorder.layout().block(name);
      assertThat(block.start().values(block, 1, new float[0])).doesNotContain(0f);
    }
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatThrownBy(() -> new Householder(0, new Chain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length must be at least 1, but is 0");
    assertThatThrownBy(() -> new Sylvester(2, 0, 3, new Chain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length, rank and reflections must be at least 1, but are 2, 0 and 3");
  }

  @Test
  void aRankAboveTheLatentSpaceContradictsIt() {
    assertThat(new Sylvester(2, 4, 3, new Chain()).misfit(4)).isEmpty();
    assertThat(new Sylvester(2, 5, 3, new Chain()).misfit(4))
        .contains(new Misfit("rank", "is 5, but model.latent, which it can be at most, is 4"));
  }
}
