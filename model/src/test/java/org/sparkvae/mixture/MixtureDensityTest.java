package org.sparkvae.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.junit.jupiter.api.Test;
import org.sparkvae.prior.Gaussians;

class MixtureDensityTest {
  private static final double JITTER = 0.1;
  private static final double[][] MEANS = {{1, -1, 0}, {0, 2, 1}, {-2, 0.5, 0}};
  private static final double[] WEIGHTS = {0.5, 0.3, 0.2};
  private static final double[][][] COVARIANCES = {
    {{2, 0.6, 0}, {0.6, 1, -0.2}, {0, -0.2, 0.5}},
    {{0.4, 0, 0.1}, {0, 3, 0}, {0.1, 0, 1}},
    {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}
  };
  private static final Gaussians MIXTURE = new Gaussians(WEIGHTS, MEANS, COVARIANCES);

  private final double[][] vectors = new double[150][3];

  MixtureDensityTest() {
    Random random = new Random(5);
    for (double[] vector : vectors) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] = 2 * random.nextGaussian();
      }
    }
  }

  private static double density(int k, double[] vector) {
    double[][] covariance = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        covariance[i][j] = COVARIANCES[k][i][j] + (i == j ? JITTER : 0);
      }
    }
    return WEIGHTS[k] * new MultivariateNormalDistribution(MEANS[k], covariance).density(vector);
  }

  private static ExpectedMoments moments(Gaussians mixture, double[][] vectors, int from, int to) {
    Expectation expectation = new Expectation(MixtureDensity.of(mixture, JITTER));
    for (int i = from; i < to; i++) {
      expectation.add(vectors[i]);
    }
    return expectation.moments();
  }

  @Test
  void densitiesAreThoseOfMultivariateNormals() {
    double mean = 0;
    for (double[] vector : vectors) {
      double[] densities = IntStream.range(0, 3).mapToDouble(k -> density(k, vector)).toArray();
      mean += Math.log(densities[0] + densities[1] + densities[2]) / vectors.length;
      int best = MixtureDensity.of(MIXTURE, JITTER).mostProbable(vector);
      assertThat(densities[best]).isEqualTo(DoubleStream.of(densities).max().orElseThrow());
    }
    assertThat(moments(MIXTURE, vectors, 0, vectors.length).logDensity())
        .isCloseTo(mean, within(1e-12));
  }

  /** Shares and moments by their definition, of densities as numbers. */
  @Test
  void maximisationIsByWeightedMeansAndCovariances() {
    Gaussians next = moments(MIXTURE, vectors, 0, vectors.length).maximise(MIXTURE);
    for (int k = 0; k < 3; k++) {
      double all = 0;
      double[] mean = new double[3];
      double[] shares = new double[vectors.length];
      for (int i = 0; i < vectors.length; i++) {
        double[] vector = vectors[i];
        double sum = IntStream.range(0, 3).mapToDouble(other -> density(other, vector)).sum();
        shares[i] = density(k, vector) / sum;
        all += shares[i];
        for (int d = 0; d < 3; d++) {
          mean[d] += shares[i] * vector[d];
        }
      }
      double[][] covariance = new double[3][3];
      for (int d = 0; d < 3; d++) {
        mean[d] /= all;
      }
      for (int i = 0; i < vectors.length; i++) {
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            covariance[a][b] +=
                shares[i] * (vectors[i][a] - mean[a]) * (vectors[i][b] - mean[b]) / all;
          }
        }
      }
      assertThat(next.weights()[k]).isCloseTo(all / vectors.length, within(1e-12));
      assertThat(next.means()[k]).containsExactly(mean, within(1e-10));
      for (int d = 0; d < 3; d++) {
        assertThat(next.covariances()[k][d]).containsExactly(covariance[d], within(1e-10));
      }
    }
  }

  @Test
  void momentsOfPartsAddUp() {
    Gaussians whole = moments(MIXTURE, vectors, 0, 150).maximise(MIXTURE);
    ExpectedMoments parts = moments(MIXTURE, vectors, 0, 7).add(moments(MIXTURE, vectors, 7, 150));
    Gaussians added = parts.maximise(MIXTURE);
    assertThat(added.weights()).containsExactly(whole.weights(), within(1e-12));
    assertThat(added.means()[1]).containsExactly(whole.means()[1], within(1e-12));
    assertThat(added.covariances()[2][1]).containsExactly(whole.covariances()[2][1], within(1e-12));
  }

  /** By a jitter that hardly counts, the likelihood falls in no iteration. */
  @Test
  void everyIterationRaisesTheLikelihood() {
    Gaussians mixture = MIXTURE;
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 30; i++) {
      Expectation expectation = new Expectation(MixtureDensity.of(mixture, 1e-9));
      for (double[] vector : vectors) {
        expectation.add(vector);
      }
      ExpectedMoments moments = expectation.moments();
      assertThat(moments.logDensity()).isGreaterThan(before - 1e-9);
      before = moments.logDensity();
      mixture = moments.maximise(mixture);
    }
    assertThat(before).isGreaterThan(moments(MIXTURE, vectors, 0, 150).logDensity());
  }

  @Test
  void aGaussianOfNoVectorStaysAsItIs() {
    Gaussians far =
        new Gaussians(
            new double[] {1, 0},
            new double[][] {{0, 0, 0}, {1e9, 0, 0}},
            new double[][][] {COVARIANCES[0], COVARIANCES[1]});
    Gaussians next = moments(far, vectors, 0, 150).maximise(far);
    assertThat(next.weights()).containsExactly(1, 0);
    assertThat(next.means()[1]).isEqualTo(far.means()[1]);
    assertThat(next.covariances()[1]).isDeepEqualTo(far.covariances()[1]);
  }
}
