package org.sparkvae.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundTest {
  private static final int IMAGES = 3;
  private static final int SAMPLES = 4;

  static Bound[] bounds() {
    return new Bound[] {
      new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO),
      new ImportanceWeighted(SAMPLES),
      new Renyi(SAMPLES, 0.5),
      new Renyi(SAMPLES, -2),
      new VrMax(SAMPLES),
      new Beta(SAMPLES, 4, Elbo.Kl.MONTE_CARLO, 0)
    };
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void weightsAreTheDerivativesAndSumToOne(Bound bound) {
    double[] logWeights = random(5);
    double[] weights = new double[logWeights.length];
    bound.apply(logWeights, new double[IMAGES], weights);
    double h = 1e-6;
    for (int r = 0; r < logWeights.length; r++) {
      double[] above = logWeights.clone();
      double[] below = logWeights.clone();
      above[r] += h;
      below[r] -= h;
      double numeric =
          (values(bound, above)[r % IMAGES] - values(bound, below)[r % IMAGES]) / (2 * h);
      assertThat(weights[r]).isCloseTo(numeric, within(1e-8));
    }
    for (int i = 0; i < IMAGES; i++) {
      double sum = 0;
      for (int s = 0; s < SAMPLES; s++) {
        sum += weights[s * IMAGES + i];
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void importanceWeightedIsTheLogOfTheMeanWeightAndAboveTheElbo() {
    double[] logWeights = random(6);
    double[] iw = values(new ImportanceWeighted(SAMPLES), logWeights);
    double[] elbo = values(new Elbo(SAMPLES, Elbo.Kl.MONTE_CARLO), logWeights);
    for (int i = 0; i < IMAGES; i++) {
      double mean = 0;
      for (int s = 0; s < SAMPLES; s++) {
        mean += Math.exp(logWeights[s * IMAGES + i]) / SAMPLES;
      }
      assertThat(iw[i]).isCloseTo(Math.log(mean), within(1e-12));
      assertThat(iw[i]).isGreaterThan(elbo[i]);
    }
  }

  @Test
  void importanceWeightedNeitherOverflowsNorUnderflows() {
    double[] logWeights = random(7);
    double[] near = values(new ImportanceWeighted(SAMPLES), logWeights);
    for (double shift : new double[] {-5000, 5000}) {
      double[] far = new double[logWeights.length];
      for (int r = 0; r < far.length; r++) {
        far[r] = logWeights[r] + shift;
      }
      double[] shifted = values(new ImportanceWeighted(SAMPLES), far);
      for (int i = 0; i < IMAGES; i++) {
        assertThat(shifted[i] - shift).isCloseTo(near[i], within(1e-9));
      }
    }
  }

  @Test
  void aNonFiniteLogWeightReachesTheValue() {
    for (Bound bound : bounds()) {
      double[] logWeights = random(8);
      logWeights[IMAGES + 1] = Double.NaN;
      double[] values = values(bound, logWeights);
      assertThat(values[1]).isNaN();
      assertThat(values[0]).isFinite();
      assertThat(values[2]).isFinite();
    }
  }

  private static double[] values(Bound bound, double[] logWeights) {
    double[] values = new double[IMAGES];
    bound.apply(logWeights, values, new double[logWeights.length]);
    return values;
  }

  private static double[] random(long seed) {
    Random random = new Random(seed);
    return random.doubles(IMAGES * SAMPLES, -3, 3).toArray();
  }
}
