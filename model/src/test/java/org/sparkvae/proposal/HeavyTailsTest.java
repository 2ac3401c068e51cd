package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.evaluation.Tails;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.likelihood.Gaussian;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

/** Importance weights of draws with heavier tails than the posterior's. */
class HeavyTailsTest {
  private static final int SAMPLES = 10_000;
  private static final double FREEDOM = 5;

  static Stream<ImageModel> models() {
    Network body = ModelCases.networks().get(0);
    return ModelCases.posteriors().stream()
        .map(posterior -> new Vae(3, body, posterior, new StandardNormal(), body, new Bernoulli()))
        .map(vae -> new ImageModel(Shape.vector(ModelCases.PIXELS), vae));
  }

  private static double[] logWeights(
      ImageModel model, INDArray parameters, float[] x, Tails tails) {
    LogWeights weights = new LogWeights(model, parameters, SAMPLES, tails);
    weights.image(x, new Encoding(model, parameters).propose(x, 0));
    double[] logWeights = new double[SAMPLES];
    weights.sample(ModelCases.key(6, 0), 0, SAMPLES, logWeights, new double[SAMPLES]);
    return logWeights;
  }

  private static double meanWeight(double[] logWeights, double log) {
    return Arrays.stream(logWeights).map(w -> Math.exp(w - log)).average().orElseThrow();
  }

  /** Whatever the posterior makes of noise, the weights' mean is p(x). */
  @ParameterizedTest
  @MethodSource("models")
  void theMeanWeightIsThatOfNormalTails(ImageModel model) {
    // Small, so that the posteriors are not much narrower than the true ones.
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 2, 0.2);
    float[] x = {0, 1, 1, 0, 1, 0, 0};
    double[] heavy = logWeights(model, parameters, x, new StudentT(FREEDOM));
    double[] normal = logWeights(model, parameters, x, new Normal());
    double log = Arrays.stream(normal).max().orElseThrow();
    double expected = meanWeight(normal, log);
    double error = Math.hypot(error(heavy, log), error(normal, log));
    assertThat(error).isLessThan(0.1 * expected);
    assertThat(meanWeight(heavy, log)).isCloseTo(expected, within(4 * error));
  }

  /** The standard error of the mean weight. */
  private static double error(double[] logWeights, double log) {
    double mean = meanWeight(logWeights, log);
    double squares =
        Arrays.stream(logWeights).map(w -> Math.pow(Math.exp(w - log) - mean, 2)).sum();
    return Math.sqrt(squares) / SAMPLES;
  }

  /**
   * With no decoder to speak of, the true posterior is the prior, N(0, 1); q has half its standard
   * deviation, r. A normal draw's weight grows as exp((1 - r^2) e^2 / 2); one of a Student-t is at
   * most what is largest over all e.
   */
  @Test
  void weightsOfATooNarrowPosteriorAreBounded() {
    Mlp none = new Mlp(List.of(), Activation.TANH);
    ImageModel model =
        new ImageModel(
            Shape.vector(1), new Vae(1, none, none, new Gaussian(Gaussian.Variance.SHARED, 0.01)));
    double r = 0.5;
    INDArray parameters = Nd4j.zeros(DataType.DOUBLE, model.parameters());
    parameters.putScalar(model.layout().block("posterior.bias").offset() + 1, 2 * Math.log(r));
    float[] x = {0};
    // p(x|z) is the same for every z.
    double variance = 0.01 + Math.log(2);
    double logP = -0.5 * Math.log(2 * Math.PI * variance);
    double constant =
        Gamma.logGamma((FREEDOM + 1) / 2)
            - Gamma.logGamma(FREEDOM / 2)
            - 0.5 * Math.log(FREEDOM / 2);
    double most = Double.NEGATIVE_INFINITY;
    for (double e = 0; e < 100; e += 1e-3) {
      double logT = constant - (FREEDOM + 1) / 2 * Math.log1p(e * e / FREEDOM);
      most = Math.max(most, logP + Math.log(r) - 0.5 * r * r * e * e - logT);
    }

    double[] heavy = logWeights(model, parameters, x, new StudentT(FREEDOM));
    double[] normal = logWeights(model, parameters, x, new Normal());

    assertThat(Arrays.stream(heavy).max().orElseThrow()).isBetween(most - 0.01, most + 1e-6);
    assertThat(Arrays.stream(normal).max().orElseThrow()).isGreaterThan(most + 3);
    assertThat(meanWeight(heavy, logP)).isCloseTo(1, within(0.02));
  }

  @Test
  void closedFormsOfThePosteriorAreNotThoseOfTheDraws() {
    ImageModel model = ModelCases.specs().get(0);
    INDArray parameters = ModelCases.parameters(model, DataType.FLOAT, 2);
    LogWeights weights = new LogWeights(model, parameters, 2, new StudentT(FREEDOM));
    float[] x = new float[ModelCases.PIXELS];
    weights.image(x, new Encoding(model, parameters).propose(x, 0));
    assertThat(weights.kl()).isEmpty();
    assertThat(weights.posteriorStandardDeviation()).isEmpty();
    assertThat(weights.posteriorMeans().get(0)).hasSize(ModelCases.LATENT);
  }
}
