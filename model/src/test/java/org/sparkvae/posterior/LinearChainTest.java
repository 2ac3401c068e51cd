package org.sparkvae.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Elbo;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.Encoding;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.LogWeights;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * A model whose posterior is a chain: z ~ N(0, I), x_j = c + w_j z_j + w'_j z_(j+1) + s e, so that
 * the posterior's precision I + W W^T / s^2 is tridiagonal, and log p(x) is known. Where q is that
 * posterior, every sample's log w is log p(x).
 */
class LinearChainTest {
  private static final int SIZE = 4;
  private static final int SAMPLES = 5;
  private static final double BIAS = 0.5;
  private static final double NOISE_VARIANCE = 0.05;
  private static final double MIN_VARIANCE = 1e-3;
  private static final double[] OWN = {0.3, -0.2, 0.4, 0.25};
  private static final double[] NEXT = {0.2, 0.35, -0.3};
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final ImageModel SPEC =
      new ImageModel(
          Shape.vector(SIZE),
          new Vae(
              SIZE,
              NONE,
              new Chain(),
              new StandardNormal(),
              NONE,
              new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));

  /** W, [latent, pixels]. */
  private static final double[][] W = new double[SIZE][SIZE];

  static {
    for (int j = 0; j < SIZE; j++) {
      W[j][j] = OWN[j];
      if (j + 1 < SIZE) {
        W[j + 1][j] = NEXT[j];
      }
    }
  }

  @Test
  void everyLogWeightIsLogP() {
    float[] x = {0.4f, 0.9f, 0.1f, 0.6f};
    LogWeights scorer = new LogWeights(SPEC, parameters(), SAMPLES, new Normal());
    Encoding encoding = new Encoding(SPEC, parameters());
    scorer.image(x, encoding.propose(x, 0));
    double[] logWeights = new double[SAMPLES];
    scorer.sample(ModelCases.key(1, 0), 0, SAMPLES, logWeights, new double[SAMPLES]);
    assertThat(logWeights).containsOnly(new double[] {logP(x)}, within(1e-9));
  }

  @Test
  void theElboIsLogP() {
    int images = 3;
    Objective objective =
        new Objective(
            SPEC,
            new ObjectiveSpec(new Elbo(2, Elbo.Kl.MONTE_CARLO), images, 0),
            images,
            parameters(),
            null);
    Random random = new Random(8);
    double expected = 0;
    for (int image = 0; image < images; image++) {
      float[] x = new float[SIZE];
      for (int j = 0; j < SIZE; j++) {
        x[j] = random.nextFloat();
      }
      System.arraycopy(x, 0, objective.images(), image * SIZE, SIZE);
      objective.noise().draw(ModelCases.key(2, image), image);
      expected += logP(x);
    }
    assertThat(objective.value(StepSettings.NONE).sum(Objective.BOUND))
        .isCloseTo(expected, within(1e-9));
  }

  /** log N(x; c, W^T W + s^2 I). */
  private static double logP(float[] x) {
    double[][] covariance = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      covariance[j][j] = NOISE_VARIANCE;
      for (int l = 0; l < SIZE; l++) {
        for (double[] row : W) {
          covariance[j][l] += row[j] * row[l];
        }
      }
    }
    double[] error = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      error[j] = x[j] - BIAS;
    }
    Dense dense = new Dense(covariance);
    double constant = dense.logDeterminant() + SIZE * Math.log(2 * Math.PI);
    return -0.5 * (constant + dense.inverse().quadratic(error));
  }

  private static INDArray parameters() {
    double[][] precision = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      precision[i][i] = 1;
      for (int l = 0; l < SIZE; l++) {
        for (int j = 0; j < SIZE; j++) {
          precision[i][l] += W[i][j] * W[l][j] / NOISE_VARIANCE;
        }
      }
    }
    double[] s = new double[SIZE];
    double[] b = new double[SIZE - 1];
    double before = 0;
    for (int i = 0; i < SIZE; i++) {
      double square = precision[i][i] - before * before;
      s[i] = -Math.log(square);
      if (i + 1 < SIZE) {
        b[i] = precision[i + 1][i] / Math.sqrt(square);
        before = b[i];
      }
    }
    INDArray flat = Nd4j.zeros(DataType.DOUBLE, SPEC.parameters());
    Dense covariance = new Dense(precision).inverse();
    double[] bias = Arrays.copyOf(new double[SIZE], 2 * SIZE);
    System.arraycopy(s, 0, bias, SIZE, SIZE);
    for (int j = 0; j < SIZE; j++) {
      double[] column = new double[SIZE];
      for (int i = 0; i < SIZE; i++) {
        column[i] = W[i][j] / NOISE_VARIANCE;
        set(flat, "likelihood.weight", i * SIZE + j, W[i][j]);
      }
      double[] slope = covariance.times(column);
      for (int i = 0; i < SIZE; i++) {
        set(flat, "posterior.weight", j * 2 * SIZE + i, slope[i]);
        bias[i] -= slope[i] * BIAS;
      }
      set(flat, "likelihood.bias", j, BIAS);
    }
    for (int i = 0; i < bias.length; i++) {
      set(flat, "posterior.bias", i, bias[i]);
    }
    for (int i = 0; i < b.length; i++) {
      set(flat, "posterior.link.bias", i, b[i]);
    }
    double raw = Math.log(Math.expm1(NOISE_VARIANCE - MIN_VARIANCE));
    set(flat, "likelihood.raw-variance", 0, raw);
    return flat;
  }

  private static void set(INDArray flat, String block, int index, double value) {
    ParameterLayout.Block at = SPEC.layout().block(block);
    flat.putScalar(at.offset() + index, value);
  }
}
