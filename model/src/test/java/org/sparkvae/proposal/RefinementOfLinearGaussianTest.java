package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Chain;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.FullCovariance;
import org.sparkvae.posterior.Grid;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/**
 * x = c + z W + s e: p(z|x) is a Gaussian of precision I + W W^T / s^2, diagonal where W is, a
 * chain where W is bidiagonal. The encoder knows nothing of it.
 */
class RefinementOfLinearGaussianTest {
  private static final int SIZE = 4;
  private static final int SAMPLES = 2000;
  private static final double OFFSET = 0.5;
  private static final double NOISE_VARIANCE = 0.04;
  private static final double MIN_VARIANCE = 0.01;
  private static final double[] OWN = {0.5, 0.4, 0.3, 0.45};
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final float[] X = {0.4f, 0.9f, 0.1f, 0.6f};

  /** A family that holds the true posterior, the entries of W next to the diagonal, a tolerance. */
  static Stream<Arguments> families() {
    return Stream.of(
        Arguments.of(new DiagonalGaussian(), 0, 0.01), Arguments.of(new Chain(), 0.3, 0.01));
  }

  @ParameterizedTest
  @MethodSource("families")
  void theElboGoesToLogP(Posterior posterior, double next, double tolerance) {
    ImageModel model = model(posterior);
    double[][] w = weights(next);
    INDArray parameters = parameters(model, w);
    double logP = logP(w);
    Encoding encoder = new Encoding(model, parameters);
    LogWeights weights = new LogWeights(model, parameters, SAMPLES, new Normal());
    weights.image(X, encoder.propose(X, 0));
    assertThat(elbo(weights)).isLessThan(logP - 1);

    Refined settings = new Refined(400, 64, 0.1, Refined.Covariance.OWN, new Normal());
    weights.image(X, new Refinement(model, parameters, settings).propose(X, 5));

    // The gap is KL(q(z|x) || p(z|x)): what is refined is the true posterior.
    assertThat(elbo(weights)).isCloseTo(logP, within(tolerance));
  }

  /** Families of which refining moves no covariance: they have none, or links that stay. */
  static Stream<Posterior> others() {
    return Stream.of(new DiagonalGaussian(), new FullCovariance(), new Grid(2, 2));
  }

  /** The curvature finds it. */
  @ParameterizedTest
  @MethodSource("others")
  void theCurvatureGivesTheCovarianceOfTheTruePosterior(Posterior posterior) {
    ImageModel model = model(posterior);
    double[][] w = weights(0.3);
    INDArray parameters = parameters(model, w);
    Refined own = new Refined(200, 64, 0.1, Refined.Covariance.OWN, new Normal());
    Refined full = new Refined(200, 64, 0.1, Refined.Covariance.FULL, new Normal());
    LogWeights weights = new LogWeights(model, parameters, SAMPLES, new Normal());

    weights.image(X, new Refinement(model, parameters, own).propose(X, 5));
    double gap = logP(w) - elbo(weights);
    weights.image(X, new Refinement(model, parameters, full).propose(X, 5));

    assertThat(gap).isGreaterThan(0.1);
    // What is left is the error of the mean, which steps on samples leave.
    assertThat(elbo(weights)).isCloseTo(logP(w), within(0.04));
  }

  private static double elbo(LogWeights weights) {
    double[] logWeights = new double[SAMPLES];
    weights.sample(ModelCases.key(1, 0), 0, SAMPLES, logWeights, new double[SAMPLES]);
    return Arrays.stream(logWeights).average().orElseThrow();
  }

  private static ImageModel model(Posterior posterior) {
    return new ImageModel(
        Shape.vector(SIZE),
        new Vae(
            SIZE,
            NONE,
            posterior,
            new StandardNormal(),
            NONE,
            new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));
  }

  /** W, [latent, pixels]. */
  private static double[][] weights(double next) {
    double[][] w = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      w[j][j] = OWN[j];
      if (j + 1 < SIZE) {
        w[j + 1][j] = next;
      }
    }
    return w;
  }

  private static INDArray parameters(ImageModel model, double[][] w) {
    INDArray parameters = Nd4j.create(DataType.FLOAT, model.parameters());
    model.initialise(3, new float[SIZE], parameters);
    long weight = model.layout().block("likelihood.weight").offset();
    long bias = model.layout().block("likelihood.bias").offset();
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        parameters.putScalar(weight + i * SIZE + j, w[i][j]);
      }
      parameters.putScalar(bias + i, OFFSET);
    }
    parameters.putScalar(
        model.layout().block("likelihood.raw-variance").offset(),
        Math.log(Math.expm1(NOISE_VARIANCE - MIN_VARIANCE)));
    return parameters;
  }

  /** W^T W + s^2 I. */
  private static double[][] covariance(double[][] w) {
    double[][] covariance = new double[SIZE][SIZE];
    for (int j = 0; j < SIZE; j++) {
      covariance[j][j] = NOISE_VARIANCE;
      for (int l = 0; l < SIZE; l++) {
        for (double[] row : w) {
          covariance[j][l] += row[j] * row[l];
        }
      }
    }
    return covariance;
  }

  private static double logP(double[][] w) {
    double[] x = new double[SIZE];
    double[] centre = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      x[j] = X[j];
      centre[j] = OFFSET;
    }
    return Math.log(new MultivariateNormalDistribution(centre, covariance(w)).density(x));
  }
}
