package org.sparkvae.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.evaluation.Normal;
import org.sparkvae.evaluation.Refined;
import org.sparkvae.evaluation.StudentT;
import org.sparkvae.evaluation.Tails;
import org.sparkvae.fixtures.ModelCases;
import org.sparkvae.vae.ImageModel;

/** Importance weights of draws whose noise has the covariance of the true posterior. */
class CorrelatedNoiseTest {
  private static final int SAMPLES = 10_000;
  private static final float[] X = {0, 1, 1, 0, 1, 0, 0};

  static Stream<ImageModel> models() {
    return ModelCases.encoding();
  }

  private static double[] logWeights(
      ImageModel model, DataType type, Refined.Covariance covariance, Tails tails) {
    // Weights of several variables have tails that a mean of few samples does not show.
    double deviation = model.model().layers() > 1 ? 0.25 : 0.4;
    INDArray parameters = ModelCases.parameters(model, type, 2, deviation);
    Refined settings = new Refined(10, 8, 0.1, covariance, tails);
    LogWeights weights = new LogWeights(model, parameters, SAMPLES, tails);
    weights.image(X, Proposer.of(settings, model, parameters).propose(X, 3));
    double[] logWeights = new double[SAMPLES];
    weights.sample(ModelCases.key(6, 0), 0, SAMPLES, logWeights, new double[SAMPLES]);
    return logWeights;
  }

  private static double meanWeight(double[] logWeights, double log) {
    return Arrays.stream(logWeights).map(w -> Math.exp(w - log)).average().orElseThrow();
  }

  /** The standard error of the mean weight. */
  private static double error(double[] logWeights, double log) {
    double mean = meanWeight(logWeights, log);
    double squares =
        Arrays.stream(logWeights).map(w -> Math.pow(Math.exp(w - log) - mean, 2)).sum();
    return Math.sqrt(squares) / SAMPLES;
  }

  /** Whatever the posterior makes of noise, and whatever the noise's covariance. */
  @ParameterizedTest
  @MethodSource("models")
  void theMeanWeightIsThatOfTheFamilysOwnDraws(ImageModel model) {
    for (Tails tails : new Tails[] {new Normal(), new StudentT(8)}) {
      double[] full = logWeights(model, DataType.FLOAT, Refined.Covariance.FULL, tails);
      double[] own = logWeights(model, DataType.FLOAT, Refined.Covariance.OWN, tails);
      double log = Arrays.stream(own).max().orElseThrow();
      double expected = meanWeight(own, log);
      double error = Math.hypot(error(full, log), error(own, log));
      assertThat(error).isLessThan(0.3 * expected);
      assertThat(meanWeight(full, log)).isCloseTo(expected, within(5 * error));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theFactorIsThatOfFloat64(ImageModel model) {
    NoiseFactor wide = factor(model, DataType.DOUBLE);
    NoiseFactor narrow = factor(model, DataType.FLOAT);
    assertThat(narrow.logDeterminant()).isCloseTo(wide.logDeterminant(), within(1e-3));
    assertThat(covariance(narrow)).containsExactly(covariance(wide), within(5e-3));
  }

  private static NoiseFactor factor(ImageModel model, DataType type) {
    INDArray parameters = ModelCases.parameters(model, type, 2);
    Encoding encoding = new Encoding(model, parameters);
    return new Curvature(model, parameters).factor(X, encoding.posterior(X));
  }

  /** L L^T, which is the same whatever the order and the signs of the eigenvectors. */
  private static double[] covariance(NoiseFactor factor) {
    float[] transposed = factor.transposed();
    int n = (int) Math.sqrt(transposed.length);
    double[] covariance = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          covariance[a * n + b] += (double) transposed[j * n + a] * transposed[j * n + b];
        }
      }
    }
    return covariance;
  }
}
