package org.sparkvae.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkvae.tensor.ParameterLayout;

class MixtureTest {
  private static final double LOG_2PI = Math.log(2 * Math.PI);
  private static final int LATENT = 3;

  private static double[][] points(int n) {
    Random random = new Random(1);
    double[][] z = new double[n][LATENT];
    for (double[] point : z) {
      Arrays.setAll(point, d -> 1.5 * random.nextGaussian());
    }
    return z;
  }

  private static double logGaussian(double[] z, double[] mean, double[] logVariance, int at) {
    double sum = 0;
    for (int d = 0; d < z.length; d++) {
      double error = z[d] - mean[at + d];
      double s = logVariance[at + d];
      sum -= 0.5 * (LOG_2PI + s + error * error * Math.exp(-s));
    }
    return sum;
  }

  private static double[] softmax(double[] logits) {
    double[] weights = Arrays.stream(logits).map(Math::exp).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  @Test
  void logDensityIsTheLogOfTheWeightedSumOfTheGaussians() {
    Tried tried = Tried.random(new Mixture(5), LATENT, 0.9, 2);
    double[] weights = softmax(tried.block("logits"));
    double[][] z = points(20);
    double[] expected = new double[z.length];
    for (int r = 0; r < z.length; r++) {
      for (int k = 0; k < weights.length; k++) {
        double logGaussian =
            logGaussian(z[r], tried.block("means"), tried.block("log-variances"), k * LATENT);
        expected[r] += weights[k] * Math.exp(logGaussian);
      }
      expected[r] = Math.log(expected[r]);
    }
    assertThat(tried.logDensity(z)).containsExactly(expected, within(1e-9));
  }

  @Test
  void oneComponentAndAnyThatAreAlikeAreItsGaussian() {
    double[][] z = points(10);
    double[] expected =
        Arrays.stream(z)
            .mapToDouble(x -> logGaussian(x, new double[LATENT], new double[LATENT], 0))
            .toArray();
    for (int components : new int[] {1, 7}) {
      Tried tried =
          Tried.random(new Mixture(components), LATENT, 0.9, 2)
              .with("means", new double[components * LATENT])
              .with("log-variances", new double[components * LATENT]);
      assertThat(tried.logDensity(z)).containsExactly(expected, within(1e-9));
    }
  }

  /** KL(q || N(0, I)) = 1/2 sum (v + m^2 - 1 - log v). */
  @Test
  void theKlToOneStandardNormalComponentIsTheClosedOne() {
    double[] mean = {0.4, -0.8, 1.1};
    double[] logVariance = {-0.5, -1.2, 0.3};
    double closed = 0;
    for (int d = 0; d < LATENT; d++) {
      closed += 0.5 * (Math.exp(logVariance[d]) + mean[d] * mean[d] - 1 - logVariance[d]);
    }
    Random random = new Random(4);
    double[][] z = new double[40_000][LATENT];
    for (double[] draw : z) {
      Arrays.setAll(draw, d -> mean[d] + Math.exp(0.5 * logVariance[d]) * random.nextGaussian());
    }
    Tried standard =
        Tried.random(new Mixture(3), LATENT, 0, 2).with("means", new double[3 * LATENT]);
    double[] logPrior = standard.logDensity(z);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < z.length; i++) {
      double term = logGaussian(z[i], mean, logVariance, 0) - logPrior[i];
      sum += term / z.length;
      squares += term * term / z.length;
    }
    double error = Math.sqrt((squares - sum * sum) / z.length);
    assertThat(sum).isCloseTo(closed, within(4 * error));
    assertThat(error).isLessThan(0.02 * closed);
  }

  @Test
  void drawsComeFromTheComponentsByTheirWeights() {
    double[] logits = {0.5, -1, 0.2, 1.1};
    double[] means = {0, 0, 0, 9, 9, 9, -9, -9, 9, 9, -9, 9};
    Tried tried =
        Tried.random(new Mixture(4), LATENT, 0.2, 2).with("logits", logits).with("means", means);
    int n = 20_000;
    double[] counts = new double[4];
    double[][] sums = new double[4][LATENT];
    for (double[] z : tried.draws(n).values()) {
      int nearest = 0;
      for (int k = 1; k < 4; k++) {
        if (distance(z, means, k) < distance(z, means, nearest)) {
          nearest = k;
        }
      }
      counts[nearest]++;
      for (int d = 0; d < LATENT; d++) {
        sums[nearest][d] += z[d];
      }
    }
    double[] weights = softmax(logits);
    for (int k = 0; k < 4; k++) {
      double deviation = Math.sqrt(weights[k] * (1 - weights[k]) / n);
      assertThat(counts[k] / n).isCloseTo(weights[k], within(4 * deviation));
      for (int d = 0; d < LATENT; d++) {
        assertThat(sums[k][d] / counts[k]).isCloseTo(means[k * LATENT + d], within(0.1));
      }
    }
  }

  private static double distance(double[] z, double[] means, int k) {
    double sum = 0;
    for (int d = 0; d < z.length; d++) {
      sum += Math.pow(z[d] - means[k * z.length + d], 2);
    }
    return sum;
  }

  @Test
  void meanIsThatOfTheComponentsByTheirWeights() {
    Tried tried = Tried.random(new Mixture(5), LATENT, 0.9, 2);
    double[] weights = softmax(tried.block("logits"));
    double[] expected = new double[LATENT];
    for (int i = 0; i < weights.length * LATENT; i++) {
      expected[i % LATENT] += weights[i / LATENT] * tried.block("means")[i];
    }
    assertThat(tried.mean()).containsExactly(expected, within(1e-12));
  }

  /** Where logits are far from 0, nothing overflows. */
  @Test
  void onlyDifferencesOfLogitsMatter() {
    double[][] z = points(5);
    Tried tried = Tried.random(new Mixture(3), LATENT, 0.5, 2).with("logits", 1, -2, 0.5);
    double[] moved = tried.with("logits", 901, 898, 900.5).logDensity(z);
    assertThat(moved).containsExactly(tried.logDensity(z), within(1e-9));
  }

  /** From one place they would never part. */
  @Test
  void meansStartApart() {
    ParameterLayout.Block block = Tried.layout(new Mixture(50), LATENT).block("means");
    float[] start = block.start().values(block, 1, new float[0]);
    float[] rising = start.clone();
    Arrays.sort(rising);
    assertThat(rising).doesNotHaveDuplicates();
    double squares = 0;
    for (float mean : start) {
      squares += mean * mean / start.length;
    }
    assertThat(Math.sqrt(squares)).isBetween(0.4, 0.6);
  }

  @Test
  void itNeedsAComponent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mixture(0))
        .withMessage("components must be at least 1, but is 0");
  }
}
