package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.CodeMixture;
import org.sparkvae.codec.Codec;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Program;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Autoencoder;
import org.sparkvae.vae.ImageModel;

/** A mixture of any covariances that is written into a model's parameters is what it was. */
class FittedMixtureTest {
  private static final double JITTER = 1e-9;
  private static final long KEY = Noise.key(5, Noise.Purpose.PRIOR, 0, 0);

  private static final Gaussians PLANE =
      new Gaussians(
          new double[] {0.5, 0.2, 0.3},
          new double[][] {{1, -2}, {-3, 0.5}, {0, 4}},
          new double[][][] {
            {{1, 0.7}, {0.7, 2}}, {{0.3, -0.1}, {-0.1, 0.2}}, {{1.5, 0}, {0, 0.1}}
          });
  private static final Gaussians LINE =
      new Gaussians(
          new double[] {0.25, 0.75},
          new double[][] {{-1}, {2}},
          new double[][][] {{{0.5}}, {{0.1}}});

  private static ImageModel model(int latent, int components, double jitter) {
    Mlp body = new Mlp(List.of(4), Activation.TANH);
    return new ImageModel(
        Shape.vector(6),
        new Autoencoder(
            latent,
            body,
            0,
            new FittedMixture(components, jitter, 10, 0),
            body,
            new Bernoulli(),
            new Initialisation.Glorot()));
  }

  private static Gaussians gaussians(int latent) {
    return latent == 1 ? LINE : PLANE;
  }

  private static INDArray written(ImageModel model, Gaussians gaussians, DataType type) {
    INDArray parameters = Nd4j.zeros(type, model.parameters());
    CodeMixture.of(model).orElseThrow().write(gaussians, parameters);
    return parameters;
  }

  private static double density(Gaussians mixture, double[] z) {
    double density = 0;
    for (int k = 0; k < mixture.weights().length; k++) {
      double[][] v = mixture.covariances()[k];
      double d0 = z[0] - mixture.means()[k][0];
      double squares = d0 * d0 / v[0][0];
      double determinant = v[0][0];
      if (z.length == 2) {
        double d1 = z[1] - mixture.means()[k][1];
        determinant = v[0][0] * v[1][1] - v[0][1] * v[1][0];
        squares = (v[1][1] * d0 * d0 - 2 * v[0][1] * d0 * d1 + v[0][0] * d1 * d1) / determinant;
      }
      density +=
          mixture.weights()[k]
              * Math.exp(-0.5 * squares)
              / Math.sqrt(Math.pow(2 * Math.PI, z.length) * determinant);
    }
    return density;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void logDensityIsTheLogOfTheWeightedSumOfTheGaussians(int latent) {
    Gaussians mixture = gaussians(latent);
    ImageModel model = model(latent, mixture.weights().length, JITTER);
    int rows = 30;
    Recorder recorder = new Recorder(rows, 1);
    Matrix z = recorder.constant(rows, latent);
    Rows density = model.model().prior(recorder, model.x()).orElseThrow().logDensity(z);
    Program program =
        new Program(
            recorder,
            model.layout(),
            written(model, mixture, DataType.DOUBLE),
            null,
            List.of(density));
    double[][] points = new double[rows][latent];
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < latent; d++) {
        points[r][d] = 3 * Math.sin(1 + r * (d + 2));
        z.value().putScalar(r, d, points[r][d]);
      }
    }
    program.forward();
    for (int r = 0; r < rows; r++) {
      // The parameters are stored as float32.
      assertThat(density.value()[r]).isCloseTo(Math.log(density(mixture, points[r])), within(1e-4));
    }
  }

  /** Its share, mean and covariance, of the component next to each draw: they lie far apart. */
  @Test
  void drawsHaveTheSharesMeansAndCovariances() {
    ImageModel model = model(2, 3, JITTER);
    int draws = 40_000;
    float[][] codes = new Codec(model, written(model, PLANE, DataType.FLOAT)).codes(KEY, draws);
    double[] mean = new double[2];
    double[][] products = new double[2][2];
    for (float[] code : codes) {
      for (int i = 0; i < 2; i++) {
        mean[i] += code[i] / draws;
        for (int j = 0; j < 2; j++) {
          products[i][j] += (double) code[i] * code[j] / draws;
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      double expected = 0;
      double[] expectedProducts = new double[2];
      for (int k = 0; k < 3; k++) {
        expected += PLANE.weights()[k] * PLANE.means()[k][i];
        for (int j = 0; j < 2; j++) {
          expectedProducts[j] +=
              PLANE.weights()[k]
                  * (PLANE.covariances()[k][i][j] + PLANE.means()[k][i] * PLANE.means()[k][j]);
        }
      }
      assertThat(mean[i]).isCloseTo(expected, within(0.06));
      assertThat(products[i]).containsExactly(expectedProducts, within(0.25));
    }
    // Near the second, of a variance of its own, lies its share.
    long near = 0;
    for (float[] code : codes) {
      near += Math.hypot(code[0] + 3, code[1] - 0.5) < 1.6 ? 1 : 0;
    }
    assertThat(near / (double) draws).isCloseTo(0.2, within(0.012));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsWrittenIsReadWithTheJitterUntilItIsCleared(int latent) {
    Gaussians mixture = gaussians(latent);
    ImageModel model = model(latent, mixture.weights().length, 0.125);
    INDArray parameters = written(model, mixture, DataType.FLOAT);
    CodeMixture of = CodeMixture.of(model).orElseThrow();

    Gaussians read = of.read(parameters);

    assertThat(read.weights()).containsExactly(mixture.weights(), within(1e-6));
    for (int k = 0; k < mixture.weights().length; k++) {
      assertThat(read.means()[k]).containsExactly(mixture.means()[k], within(1e-6));
      for (int i = 0; i < latent; i++) {
        double[] row = mixture.covariances()[k][i].clone();
        row[i] += 0.125;
        assertThat(read.covariances()[k][i]).containsExactly(row, within(1e-5));
      }
    }
    of.clear(parameters);
    assertThat(parameters.toFloatVector()).containsOnly(0f);
    assertThat(of.read(parameters).covariances()[0][0][0]).isEqualTo(1);
  }

  @Test
  void aCovarianceThatIsNoneIsRefused() {
    Gaussians wrong =
        new Gaussians(
            new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 2}, {2, 1}}});
    assertThatThrownBy(() -> written(model(2, 1, JITTER), wrong, DataType.FLOAT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the matrix is not positive definite");
  }
}
