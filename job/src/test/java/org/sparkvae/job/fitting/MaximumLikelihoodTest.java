package org.sparkvae.job.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.TwoSlots;
import org.sparkvae.mixture.KMeansStart;
import org.sparkvae.prior.Gaussians;

@ExtendWith(TwoSlots.class)
class MaximumLikelihoodTest {
  private static final int VECTORS = 600;

  private final List<double[]> vectors = new ArrayList<>();
  private final Gaussians start;

  MaximumLikelihoodTest() {
    Random random = new Random(3);
    for (int i = 0; i < VECTORS; i++) {
      double shift = i % 3;
      vectors.add(new double[] {2 * shift + random.nextGaussian(), random.nextGaussian() - shift});
    }
    start = new KMeansStart(3, 1).of(vectors);
  }

  private MaximumLikelihood.Found fit(int partitions, int iterations, double tolerance) {
    return new MaximumLikelihood(iterations, tolerance, 1e-6)
        .from(start, TwoSlots.context().parallelize(vectors, partitions));
  }

  @Test
  void partsInAnyNumberAddUpToTheWhole() {
    MaximumLikelihood.Found whole = fit(1, 5, 0);
    for (int partitions : new int[] {2, 7}) {
      MaximumLikelihood.Found cut = fit(partitions, 5, 0);
      assertThat(cut.iterations()).isEqualTo(5);
      assertThat(cut.logDensity()).isCloseTo(whole.logDensity(), within(1e-12));
      for (int k = 0; k < 3; k++) {
        assertThat(cut.mixture().means()[k])
            .containsExactly(whole.mixture().means()[k], within(1e-10));
      }
      MaximumLikelihood.Found again = fit(partitions, 5, 0);
      assertThat(again.logDensity()).isEqualTo(cut.logDensity());
      assertThat(again.mixture().covariances()[2]).isDeepEqualTo(cut.mixture().covariances()[2]);
    }
  }

  @Test
  void endsWhereTheLikelihoodHardlyRises() {
    MaximumLikelihood.Found early = fit(2, 1_000, 1e-2);
    MaximumLikelihood.Found late = fit(2, 1_000, 1e-3);
    assertThat(early.iterations()).isPositive().isLessThan(late.iterations());
    assertThat(late.iterations()).isLessThan(1_000);
    assertThat(late.logDensity()).isGreaterThan(early.logDensity());
  }
}
