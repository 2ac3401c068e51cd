package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkvae.importance.Reliability;

class GapsTest {
  private static LogLikelihood estimate(double value, double error, boolean reliable) {
    return new LogLikelihood(new Estimate(value, error), new Reliability(0.5, reliable, 0), 0);
  }

  private static double[] normals(Random random, int count, double deviation) {
    return random.doubles(count).map(u -> deviation * random.nextGaussian()).toArray();
  }

  @Test
  void ofTrustedEstimatesTheSurestCounts() {
    LogLikelihood sure = estimate(-5, 0.1, true);
    LogLikelihood vague = estimate(-4, 0.2, true);
    LogLikelihood doubtful = estimate(-1, 0.01, false);

    assertThat(LogLikelihood.best(List.of(vague, doubtful, sure))).isSameAs(sure);
  }

  @Test
  void chainsCountWhereTheirWeightsAreAlikeElseTheLargestDoes() {
    LogLikelihood high = estimate(-4, 0.2, false);
    double[] logWeights = new double[16];
    Arrays.setAll(logWeights, i -> -5 + 0.1 * i % 3);
    LogLikelihood alike = LogLikelihood.ofChains(logWeights);
    Arrays.setAll(logWeights, i -> -5 - 3 * i);
    LogLikelihood apart = LogLikelihood.ofChains(logWeights);

    assertThat(LogLikelihood.best(List.of(high, alike))).isSameAs(alike);
    assertThat(LogLikelihood.best(List.of(high, apart))).isSameAs(high);
  }

  @Test
  void ofDoubtfulEstimatesTheLargestCountsAndANaNStaysVisible() {
    LogLikelihood low = estimate(-5, 0.1, false);
    LogLikelihood high = estimate(-4, 0.2, false);
    LogLikelihood broken = estimate(Double.NaN, Double.NaN, false);

    assertThat(LogLikelihood.best(List.of(low, high))).isSameAs(high);
    assertThat(LogLikelihood.best(List.of(low, broken, high))).isSameAs(broken);
  }

  @Test
  void equalWeightsAreExact() {
    double[] encoder = {-3, -1, -2};
    double[] best = new double[300];
    Gaps gaps = Gaps.of(new double[300], best, List.of(estimate(0.3, 0.2, true)));

    assertThat(gaps.logLikelihood().estimate()).isEqualTo(new Estimate(0, 0));
    assertThat(gaps.approximation()).isEqualTo(new Estimate(0, 0));
    assertThat(Gaps.of(encoder, new double[3], List.of()).amortisation().value())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void weightsMayOverflowAndBeZero() {
    double[] logWeights = {1000, Double.NEGATIVE_INFINITY, 1000, 1000};
    assertThat(LogLikelihood.ofSamples(logWeights).estimate().value())
        .isCloseTo(1000 + Math.log(0.75), within(1e-9));
  }

  /** The spread of estimates of 400 sets of samples is that which each of them states. */
  @Test
  void theErrorsAreThoseOfRepetitions() {
    Random random = new Random(6);
    int repeats = 400;
    double[][] values = new double[4][repeats];
    double[] stated = new double[4];
    for (int r = 0; r < repeats; r++) {
      double[] best = normals(random, 300, 0.6);
      double[] own = normals(random, 300, 0.3);
      double[] encoder = new double[300];
      Arrays.setAll(encoder, i -> -1 + best[i] / 0.6 + own[i]);
      LogLikelihood wider = LogLikelihood.ofSamples(normals(random, 300, 0.2));
      Gaps alone = Gaps.of(encoder, best, List.of());
      Gaps wide = Gaps.of(encoder, best, List.of(wider));
      assertThat(wide.logLikelihood()).isEqualTo(wider);
      Estimate[] estimates = {
        alone.logLikelihood().estimate(),
        alone.approximation(),
        alone.amortisation(),
        wide.approximation()
      };
      for (int e = 0; e < estimates.length; e++) {
        values[e][r] = estimates[e].value();
        stated[e] += estimates[e].standardError() / repeats;
      }
    }
    for (int e = 0; e < stated.length; e++) {
      double mean = Arrays.stream(values[e]).average().orElseThrow();
      double spread =
          Math.sqrt(
              Arrays.stream(values[e]).map(v -> (v - mean) * (v - mean)).sum() / (repeats - 1));
      // The standard deviation of 400 values is known to 3.5%. What the tail lets expect, but was
      // not drawn, is never below 0: it makes the small error of a difference too large.
      assertThat(stated[e] / spread).as("figure %d", e).isBetween(0.85, e == 1 ? 1.7 : 1.2);
    }
  }
}
