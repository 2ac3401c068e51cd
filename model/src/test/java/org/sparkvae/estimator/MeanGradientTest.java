package org.sparkvae.estimator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.bound.Beta;
import org.sparkvae.bound.Bound;
import org.sparkvae.bound.Elbo;
import org.sparkvae.bound.ImportanceWeighted;
import org.sparkvae.bound.Renyi;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.step.StepSettings;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Objective;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.Vae;

/**
 * The mean of each estimator's gradient over draws of two samples, on a linear Gaussian model of
 * one latent dimension, against differences of the mean of the bound by Gauss-Hermite quadrature.
 */
class MeanGradientTest {
  private static final int PIXELS = 2;
  private static final int SAMPLES = 2;
  private static final int COPIES = 400;
  private static final int REPEATS = 40;
  private static final double ERRORS = 5;
  private static final double MIN_VARIANCE = 0.01;
  private static final double KL_WEIGHT = 0.7;
  private static final float[] X = {0.9f, 0.2f};
  private static final Mlp NONE = new Mlp(List.of(), Activation.TANH);
  private static final ImageModel MODEL =
      new ImageModel(
          Shape.vector(PIXELS),
          new Vae(1, NONE, NONE, new Gaussian(Gaussian.Variance.SHARED, MIN_VARIANCE)));

  /** In the order of the layout; the posterior is far from that of the model. */
  private static final double[] PARAMETERS = {
    0.4, -0.3, 0.6, 0.2, // posterior weight, [pixels, mean and log-variance]
    -0.2, -0.5, // posterior bias
    0.8, -0.5, // likelihood weight
    0.3, 0.1, // likelihood bias
    -0.4, // raw variance
  };

  static Stream<Arguments> pairs() {
    Bound elbo = new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO);
    Bound closed = new Elbo(SAMPLES, Elbo.Kl.ANALYTIC);
    Bound beta = new Beta(SAMPLES, 3, Elbo.Kl.ANALYTIC, 0);
    Bound weighted = new ImportanceWeighted(SAMPLES);
    return Stream.concat(
        Stream.of(elbo, closed, beta)
            .flatMap(
                bound ->
                    ModelCases.estimators().stream()
                        .filter(one -> one.misfit(bound).isEmpty())
                        .map(one -> Arguments.of(bound, one))),
        Stream.concat(
            Stream.of(Arguments.of(weighted, new Vimco())),
            Stream.of(weighted, new Renyi(SAMPLES, 0.5), new Renyi(SAMPLES, -1.5))
                .flatMap(
                    bound ->
                        Stream.of(new Reparameterised(), new DoublyReparameterised())
                            .map(one -> Arguments.of(bound, one)))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isTheGradientOfTheMean(Bound bound, Estimator estimator) {
    assertThat(estimator.misfit(bound)).isEmpty();
    assertThat(worst(bound, estimator)).isLessThan(ERRORS);
  }

  @Test
  void theScoreHasAnotherMeanThanZeroUnderAnImportanceWeightedBound() {
    Bound bound = new ImportanceWeighted(SAMPLES);
    Estimator without = new StickingTheLanding();
    assertThat(without.misfit(bound)).isPresent();
    assertThat(worst(bound, without)).isGreaterThan(2 * ERRORS);
  }

  /** The largest distance of a mean derivative from the exact one, in standard errors. */
  private static double worst(Bound bound, Estimator estimator) {
    ObjectiveSpec spec = new ObjectiveSpec(bound, 1, 0, estimator);
    INDArray parameters = ModelCases.parameters(MODEL, spec, DataType.DOUBLE, 3);
    for (int p = 0; p < PARAMETERS.length; p++) {
      parameters.putScalar(p, PARAMETERS[p]);
    }
    INDArray gradient = Nd4j.zerosLike(parameters);
    Objective objective = new Objective(MODEL, spec, COPIES, parameters, gradient);
    for (int i = 0; i < COPIES; i++) {
      System.arraycopy(X, 0, objective.images(), i * PIXELS, PIXELS);
    }
    double[] sums = new double[PARAMETERS.length];
    double[] squares = new double[PARAMETERS.length];
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (int i = 0; i < COPIES; i++) {
        objective.noise().draw(ModelCases.key(repeat, i), i);
      }
      objective.differentiate(new StepSettings(0, KL_WEIGHT));
      for (int p = 0; p < sums.length; p++) {
        double derivative = -gradient.getDouble(p);
        sums[p] += derivative;
        squares[p] += derivative * derivative;
      }
    }
    double worst = 0;
    for (int p = 0; p < sums.length; p++) {
      double mean = sums[p] / REPEATS;
      double variance = (squares[p] / REPEATS - mean * mean) / (REPEATS - 1);
      double error = Math.sqrt(Math.max(0, variance)) + 1e-9;
      worst = Math.max(worst, Math.abs(mean - exact(bound, p)) / error);
    }
    return worst;
  }

  private static double exact(Bound bound, int p) {
    double h = 1e-5;
    double[] above = PARAMETERS.clone();
    double[] below = PARAMETERS.clone();
    above[p] += h;
    below[p] -= h;
    return (mean(bound, above) - mean(bound, below)) / (2 * h);
  }

  /** The mean of the bound over the noise of both samples. */
  private static double mean(Bound bound, double[] at) {
    GaussIntegrator hermite = new GaussIntegratorFactory().hermite(40);
    double mean = 0;
    for (int i = 0; i < hermite.getNumberOfPoints(); i++) {
      for (int j = 0; j < hermite.getNumberOfPoints(); j++) {
        double[] value = new double[1];
        double[] logWeights = {
          logWeight(bound, at, Math.sqrt(2) * hermite.getPoint(i)),
          logWeight(bound, at, Math.sqrt(2) * hermite.getPoint(j))
        };
        bound.apply(logWeights, value, new double[SAMPLES]);
        mean += hermite.getWeight(i) * hermite.getWeight(j) / Math.PI * value[0];
      }
    }
    return mean;
  }

  private static double logWeight(Bound bound, double[] at, double noise) {
    double mean = X[0] * at[0] + X[1] * at[2] + at[4];
    double logVariance = X[0] * at[1] + X[1] * at[3] + at[5];
    double z = mean + Math.exp(logVariance / 2) * noise;
    double variance = Math.log1p(Math.exp(at[10])) + MIN_VARIANCE;
    double logRatio = -0.5 * (z * z - noise * noise - logVariance);
    double logWeight = bound.klWeight() * KL_WEIGHT * logRatio;
    for (int j = 0; j < PIXELS; j++) {
      double error = X[j] - z * at[6 + j] - at[8 + j];
      logWeight -= 0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
    }
    return logWeight;
  }
}
