package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapsTest {
  @Test
  void takesTheLargerEstimateOfLogP() {
    double[] low = {-3, -1, -2};
    double[] high = {0, 0, 0};

    Gaps gaps = Gaps.of(low, high);
    Gaps other = Gaps.of(high, low);

    assertThat(gaps.logLikelihood()).isEqualTo(new Estimate(0, 0));
    assertThat(gaps.refined()).isEqualTo(new Estimate(0, 0));
    assertThat(gaps.approximation()).isEqualTo(new Estimate(0, 0));
    assertThat(gaps.amortisation().value()).isCloseTo(2, within(1e-12));
    assertThat(other.logLikelihood().value()).isZero();
    assertThat(other.approximation().value()).isCloseTo(2, within(1e-12));
    assertThat(other.amortisation().value()).isCloseTo(-2, within(1e-12));
  }

  @Test
  void weightsMayOverflowAndBeZero() {
    double[] logWeights = {1000, Double.NEGATIVE_INFINITY, 1000, 1000};
    assertThat(Gaps.of(logWeights, logWeights).logLikelihood().value())
        .isCloseTo(1000 + Math.log(0.75), within(1e-9));
  }

  @Test
  void aNaNStaysVisible() {
    double[] broken = {0, Double.NaN};
    double[] whole = {0, 1};
    assertThat(Gaps.of(broken, whole).logLikelihood().value()).isNaN();
    assertThat(Gaps.of(whole, broken).approximation().value()).isNaN();
  }

  /** The spread of estimates of 400 sets of samples is that which each of them states. */
  @Test
  void theErrorsAreThoseOfRepetitions() {
    Random random = new Random(6);
    int repeats = 400;
    double[][] values = new double[3][repeats];
    double[] stated = new double[3];
    for (int r = 0; r < repeats; r++) {
      double[] encoder = new double[300];
      double[] best = new double[300];
      for (int i = 0; i < best.length; i++) {
        double noise = random.nextGaussian();
        best[i] = 0.6 * noise;
        encoder[i] = -1 + noise + 0.3 * random.nextGaussian();
      }
      Gaps gaps = Gaps.of(encoder, best);
      Estimate[] estimates = {gaps.logLikelihood(), gaps.approximation(), gaps.amortisation()};
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
      // The standard deviation of 400 values is known to 3.5%.
      assertThat(stated[e] / spread).isBetween(0.85, 1.15);
    }
  }
}
