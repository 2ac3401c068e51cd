package org.sparkvae.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link BoundTest} and the gradients of whole models take it as they take every bound. */
class RenyiTest {
  private static final int IMAGES = 5;
  private static final int SAMPLES = 7;
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  @Test
  void orderZeroIsTheImportanceWeightedBoundBitForBit() {
    assertSame(new Renyi(SAMPLES, 0), new ImportanceWeighted(SAMPLES));
  }

  @Test
  void orderOneIsTheElboBitForBit() {
    assertSame(new Renyi(SAMPLES, 1), new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO));
    assertThat(new Renyi(SAMPLES, 1).prefersClosedKl()).isFalse();
  }

  private static void assertSame(Bound one, Bound other) {
    double[] logWeights = random(IMAGES * SAMPLES, 3);
    double[][] both = new double[2][IMAGES];
    double[][] weights = new double[2][logWeights.length];
    one.apply(logWeights, both[0], weights[0]);
    other.apply(logWeights, both[1], weights[1]);
    assertThat(both[0]).containsExactly(both[1]);
    assertThat(weights[0]).containsExactly(weights[1]);
  }

  @Test
  void ordersNearOneGoToTheElbo() {
    double[] logWeights = random(IMAGES * SAMPLES, 4);
    double[] elbo = values(new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO), logWeights, IMAGES);
    double[] near = values(new Renyi(SAMPLES, 1 - 1e-7), logWeights, IMAGES);
    assertThat(near).containsExactly(elbo, within(1e-5));
    assertThat(near).isNotEqualTo(elbo);
  }

  /** Far apart they would cancel to the last digits, and the mean of their powers is 1. */
  @Test
  void ordersThatRoundToOneAreTheElbo() {
    double[] logWeights = random(IMAGES * SAMPLES, 4);
    double[] elbo = values(new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO), logWeights, IMAGES);
    for (double alpha : new double[] {1 - 1e-12, Math.nextDown(1.0)}) {
      assertThat(values(new Renyi(SAMPLES, alpha), logWeights, IMAGES)).containsExactly(elbo);
    }
  }

  @Test
  void fallsAsTheOrderRises() {
    double[] logWeights = random(IMAGES * SAMPLES, 5);
    double[] before = new double[IMAGES];
    Arrays.fill(before, Double.POSITIVE_INFINITY);
    for (double alpha : new double[] {-50, -2, -0.5, 0, 0.3, 0.5, 0.9, 1}) {
      double[] values = values(new Renyi(SAMPLES, alpha), logWeights, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        assertThat(values[i]).as("alpha %s", alpha).isLessThan(before[i]);
      }
      before = values;
    }
  }

  @Test
  void farOrdersGoToTheLargestWeight() {
    double[] logWeights = random(SAMPLES, 6);
    double max = Arrays.stream(logWeights).max().orElseThrow();
    assertThat(values(new Renyi(SAMPLES, -1e5), logWeights, 1)[0]).isCloseTo(max, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.5, 0.8})
  void moreSamplesRaiseItInExpectation(double alpha) {
    // Every choice of k of the same weights, so that the means are exact.
    double[] pool = random(10, 7);
    double before = Double.NEGATIVE_INFINITY;
    for (int k : new int[] {1, 2, 3, 5, 10}) {
      double sum = 0;
      int count = 0;
      for (int chosen = 0; chosen < 1 << pool.length; chosen++) {
        if (Integer.bitCount(chosen) == k) {
          double[] some = new double[k];
          int n = 0;
          for (int i = 0; i < pool.length; i++) {
            if ((chosen >> i & 1) == 1) {
              some[n++] = pool[i];
            }
          }
          sum += values(new Renyi(k, alpha), some, 1)[0];
          count++;
        }
      }
      assertThat(sum / count).as("k = %d", k).isGreaterThan(before);
      before = sum / count;
    }
  }

  /**
   * L = log p(x) - D, D being the Renyi divergence of order alpha from q(z) = N(0.4, 0.8) to p(z|x)
   * = N(-0.3, 0.6): in closed form against equally likely quantiles of q as samples.
   */
  @ParameterizedTest
  @ValueSource(doubles = {-0.8, 0, 0.25, 0.5, 0.9, 1})
  void isLogEvidenceLessTheDivergenceOfGaussians(double alpha) {
    double evidence = -3.2;
    double qMean = 0.4;
    double qVariance = 0.8;
    double pMean = -0.3;
    double pVariance = 0.6;
    int n = 400_000;
    double[] logWeights = new double[n];
    var normal = new NormalDistribution(0, 1);
    for (int s = 0; s < n; s++) {
      double z = qMean + Math.sqrt(qVariance) * normal.inverseCumulativeProbability((s + 0.5) / n);
      logWeights[s] = evidence + logNormal(z, pMean, pVariance) - logNormal(z, qMean, qVariance);
    }
    double mixed = alpha * pVariance + (1 - alpha) * qVariance;
    double difference = qMean - pMean;
    double divergence =
        alpha == 1
            ? 0.5
                * (qVariance / pVariance
                    + difference * difference / pVariance
                    - 1
                    + Math.log(pVariance / qVariance))
            : alpha / 2 * difference * difference / mixed
                + Math.log(mixed / (Math.pow(qVariance, 1 - alpha) * Math.pow(pVariance, alpha)))
                    / (2 * (1 - alpha));
    assertThat(values(new Renyi(n, alpha), logWeights, 1)[0])
        .isCloseTo(evidence - divergence, within(2e-4));
  }

  private static double logNormal(double z, double mean, double variance) {
    return -0.5 * (LOG_2PI + Math.log(variance) + (z - mean) * (z - mean) / variance);
  }

  @Test
  void belowZeroItIsNoLowerBound() {
    assertThat(new Renyi(1, -1e-9).isLowerBound()).isFalse();
    assertThat(new Renyi(1, 0).isLowerBound()).isTrue();
    assertThat(new Renyi(1, 1).isLowerBound()).isTrue();
    assertThat(new ImportanceWeighted(1).isLowerBound()).isTrue();
    assertThat(new Renyi(1, -1).title()).isEqualTo("Renyi bound of order -1.0, no lower bound");
  }

  @Test
  void refusesOrdersAboveOneAndNone() {
    for (double alpha : new double[] {1.1, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> new Renyi(1, alpha))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("alpha must be a number of at most 1, but is " + alpha);
    }
  }

  private static double[] values(Bound bound, double[] logWeights, int images) {
    double[] values = new double[images];
    bound.apply(logWeights, values, new double[logWeights.length]);
    return values;
  }

  private static double[] random(int count, long seed) {
    return new Random(seed).doubles(count, -3, 3).toArray();
  }
}
