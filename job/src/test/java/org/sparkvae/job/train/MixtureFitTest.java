package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fitting.MaximumLikelihood;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.prior.Gaussians;
import scala.Tuple2;

@ExtendWith(TwoSlots.class)
class MixtureFitTest {
  private static final int CODES = 4_000;
  private static final int WIDE = 50;
  private static final double[] WEIGHTS = {0.6, 0.4};
  private static final double[][] MEANS = {{-3, 1, 0}, {2, 4, 1}};

  /** C of each Gaussian, by rows. */
  private static final double[][][] FACTORS = {
    {{1, 0, 0}, {0.8, 0.5, 0}, {0, -0.3, 0.7}}, {{0.6, 0, 0}, {-0.4, 0.9, 0}, {0.2, 0, 0.3}}
  };

  private static List<Tuple2<Long, float[]>> codes() {
    Random random = new Random(4);
    List<Tuple2<Long, float[]>> codes = new ArrayList<>();
    for (long id = 0; id < CODES; id++) {
      int k = random.nextDouble() < WEIGHTS[0] ? 0 : 1;
      double[] e = random.doubles(3).map(u -> random.nextGaussian()).toArray();
      float[] code = new float[3];
      for (int i = 0; i < 3; i++) {
        code[i] = (float) MEANS[k][i];
        for (int j = 0; j <= i; j++) {
          code[i] += (float) (FACTORS[k][i][j] * e[j]);
        }
      }
      codes.add(new Tuple2<>(id, code));
    }
    return codes;
  }

  private static MaximumLikelihood.Found fit(
      List<Tuple2<Long, float[]>> codes, int components, int partitions, int iterations) {
    return fit(codes, components, partitions, iterations, 1e-6);
  }

  private static MaximumLikelihood.Found fit(
      List<Tuple2<Long, float[]>> codes,
      int components,
      int partitions,
      int iterations,
      double jitter) {
    return MixtureFit.of(
        TwoSlots.context().parallelizePairs(codes, partitions),
        new FittedMixture(components, jitter, iterations, 1e-6),
        11);
  }

  @Test
  void knownGaussiansAreFoundAgain() {
    MaximumLikelihood.Found fit = fit(codes(), 2, 3, 40);
    Gaussians found = fit.mixture();
    int first = found.means()[0][0] < found.means()[1][0] ? 0 : 1;
    for (int k = 0; k < 2; k++) {
      int at = k == 0 ? first : 1 - first;
      assertThat(found.weights()[at]).isCloseTo(WEIGHTS[k], within(0.03));
      assertThat(found.means()[at]).containsExactly(MEANS[k], within(0.08));
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double covariance = 0;
          for (int m = 0; m < 3; m++) {
            covariance += FACTORS[k][i][m] * FACTORS[k][j][m];
          }
          assertThat(found.covariances()[at][i][j]).isCloseTo(covariance, within(0.08));
        }
      }
    }
    assertThat(fit.iterations()).isBetween(1, 39);
    assertThat(fit.logDensity()).isCloseTo(entropyBound(), within(0.1));
  }

  /** The mean log-density of draws of Gaussians that hardly overlap. */
  private static double entropyBound() {
    double mean = 0;
    for (int k = 0; k < 2; k++) {
      double logDeterminant = 0;
      for (int i = 0; i < 3; i++) {
        logDeterminant += Math.log(FACTORS[k][i][i]);
      }
      mean +=
          WEIGHTS[k] * (Math.log(WEIGHTS[k]) - 1.5 * Math.log(2 * Math.PI) - 1.5 - logDeterminant);
    }
    return mean;
  }

  @Test
  void neitherPartitionsNorTheirOrderChangeABit() {
    List<Tuple2<Long, float[]>> codes = codes();
    Gaussians expected = fit(codes, 4, 1, 5).mixture();
    Collections.shuffle(codes, new Random(6));
    for (int partitions : new int[] {2, 7}) {
      Gaussians found = fit(codes, 4, partitions, 5).mixture();
      assertThat(found.weights()).isEqualTo(expected.weights());
      assertThat(found.means()).isDeepEqualTo(expected.means());
      assertThat(found.covariances()[3]).isDeepEqualTo(expected.covariances()[3]);
    }
  }

  /** In so many dimensions no density is a number that float64 tells from 0. */
  @Test
  void clustersAreFoundInManyDimensions() {
    for (double deviation : new double[] {3, 1e-4}) {
      List<Tuple2<Long, float[]>> codes = wide(deviation);
      MaximumLikelihood.Found fit = fit(codes, 2, 2, 30, 1e-6 * deviation * deviation);
      Gaussians found = fit.mixture();
      int first = found.weights()[0] > found.weights()[1] ? 0 : 1;
      assertThat(found.weights()[first]).isCloseTo(0.75, within(1e-9));
      for (int k = 0; k < 2; k++) {
        double[] mean = found.means()[k == 0 ? first : 1 - first];
        double[] expected = new double[WIDE];
        Arrays.fill(expected, k * 3 * deviation);
        assertThat(mean).containsExactly(expected, within(deviation / 4));
      }
      assertThat(fit.logDensity() + WIDE * Math.log(deviation))
          .isCloseTo(
              0.75 * Math.log(0.75)
                  + 0.25 * Math.log(0.25)
                  - WIDE / 2.0 * (1 + Math.log(2 * Math.PI)),
              within(2.5));
    }
  }

  /** Two clusters, three deviations apart in every dimension; one in four is in the second. */
  private static List<Tuple2<Long, float[]>> wide(double deviation) {
    Random random = new Random(7);
    List<Tuple2<Long, float[]>> codes = new ArrayList<>();
    for (long id = 0; id < CODES / 2; id++) {
      float[] code = new float[WIDE];
      for (int d = 0; d < WIDE; d++) {
        code[d] = (float) (deviation * ((id % 4 == 0 ? 3 : 0) + random.nextGaussian()));
      }
      codes.add(new Tuple2<>(id, code));
    }
    return codes;
  }

  @Test
  void fewerCodesThanGaussiansLeaveSomeWithoutWeight() {
    Gaussians found = fit(codes().subList(0, 2), 3, 1, 5).mixture();
    assertThat(found.weights()).containsExactly(new double[] {0.5, 0.5, 0}, within(1e-9));
    assertThat(found.means()[2]).hasSize(3).doesNotContain(Double.NaN);
  }

  /** The jitter makes of it a Gaussian. */
  @Test
  void codesThatAreAllTheSameHaveNoVariance() {
    List<Tuple2<Long, float[]>> same = new ArrayList<>();
    for (long id = 0; id < 20; id++) {
      same.add(new Tuple2<>(id, new float[] {1, 2}));
    }
    Gaussians found = fit(same, 2, 2, 3).mixture();
    assertThat(found.means()[1]).containsExactly(1, 2);
    assertThat(found.covariances()[1]).isDeepEqualTo(new double[2][2]);
  }
}
