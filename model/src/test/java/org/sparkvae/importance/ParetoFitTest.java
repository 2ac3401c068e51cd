package org.sparkvae.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFitTest {
  /** Not exact: n exceedances are drawn towards a shape of 1/2. */
  private static double drawn(double k, int n) {
    return (n * k + 5) / (n + 10);
  }

  /** The value that a share of the distribution lies below. */
  private static double quantile(double k, double sigma, double share) {
    return k == 0 ? -sigma * Math.log1p(-share) : sigma * Math.expm1(-k * Math.log1p(-share)) / k;
  }

  /**
   * ArviZ 0.23.4: {@code arviz.stats.stats._gpdfit} of the exceedances that its {@code psislw}
   * takes from {@code -100 + a * sin(i) * sqrt(i % 97)}, i = 0 .. K - 1; the same k as {@code
   * psislw}'s.
   */
  @ParameterizedTest
  @CsvSource({
    "21, 1, 0.6278882955921934, 0.1766766731261926",
    "100, 0.3, 0.08875413195291502, 0.2766012027303953",
    "100, 1, 0.7902981896455628, 0.050684481370963416",
    "1000, 1, 0.2185735281052114, 0.18407507725528632",
    "5000, 0.05, -0.6095341607123516, 0.05471560240426943",
    "5000, 0.5, -0.42152595842547635, 0.2914160554718808",
    "5000, 3, 0.9809270531648966, 0.03718015461728148"
  })
  void agreesWithArviz(int samples, double spread, double k, double sigma) {
    double[] logWeights = new double[samples];
    Arrays.setAll(logWeights, i -> -100 + spread * Math.sin(i) * Math.sqrt(i % 97));
    TailSelection selection = new TailSelection(samples, true);
    selection.add(logWeights, samples);

    ParetoFit fit = ParetoFit.of(selection.tail().exceedances());

    assertThat(fit.k()).isCloseTo(k, within(1e-10));
    assertThat(fit.sigma()).isCloseTo(sigma, within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.4, 0, 0.2, 0.5, 0.7, 1, 2})
  void findsTheShapeAndScaleOfQuantiles(double k) {
    int n = 5000;
    double[] quantiles = new double[n];
    Arrays.setAll(quantiles, i -> quantile(k, 3, (i + 0.5) / n));

    ParetoFit fit = ParetoFit.of(quantiles);

    assertThat(fit.k()).isCloseTo(drawn(k, n), within(0.01));
    assertThat(fit.sigma()).isCloseTo(3, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.4, -1e-9, 0, 1e-5, 0.2, 0.5, 0.7, 1, 2})
  void theMeanSquareIsThatOfValuesUpToACut(double k) {
    double beyond = 1e-4;
    int steps = 200_000;
    double last = 2 + quantile(k, 3, 1 - beyond);
    double mean = beyond * last * last;
    for (int i = 0; i < steps; i++) {
      // A midpoint rule over the logarithm of the probability to be above.
      double above = Math.pow(beyond, (i + 0.5) / steps);
      double value = 2 + quantile(k, 3, 1 - above);
      mean += value * value * above * -Math.log(beyond) / steps;
    }

    assertThat(new ParetoFit(k, 3).meanSquare(2, beyond))
        .isCloseTo(mean, withinPercentage(k == 0 || Math.abs(k) > 1e-4 ? 0.1 : 0.2));
  }

  /** Powers overflow from shapes of 60 on, or sooner or later. */
  @ParameterizedTest
  @CsvSource({"3, 1", "40, 1e-9", "65, 1e-200", "80, 1e-305", "150, 0.3", "1e4, 1e-100", "1e9, 1"})
  void theMeanSquareIsFiniteWhateverTheShape(double k, double sigma) {
    assertThat(new ParetoFit(k, sigma).meanSquare(1e-3, 1e-4)).isBetween(1e-6, 1e18);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.3, 5, 20})
  void valuesAreCutAtTheLargestThatSayAnything(double k) {
    double cut = 1e9;
    double beyond = Math.pow(1 + k * (cut - 2) / 3, -1 / k);
    int steps = 200_000;
    double mean = beyond * cut * cut;
    for (int i = 0; i < steps; i++) {
      double above = Math.pow(beyond, (i + 0.5) / steps);
      double value = 2 + quantile(k, 3, 1 - above);
      mean += value * value * above * -Math.log(beyond) / steps;
    }

    assertThat(new ParetoFit(k, 3).meanSquare(2, 1e-5)).isCloseTo(mean, withinPercentage(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.4, 0.1, 0.2})
  void withoutACutTheMeanSquareIsTheSecondMoment(double k) {
    double mean = 3 / (1 - k);
    double square = 2 * 3 * mean / (1 - 2 * k);

    assertThat(new ParetoFit(k, 3).meanSquare(2, 1e-15))
        .isCloseTo(4 + 2 * 2 * mean + square, withinPercentage(0.01));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.2, 0.3, 0.5, 0.7, 1.2})
  void findsTheShapeOfDraws(double k) {
    int n = 213;
    int fits = 400;
    Random random = new Random(1);
    double[] found = new double[fits];
    for (int fit = 0; fit < fits; fit++) {
      double[] draws = random.doubles(n).map(share -> quantile(k, 1e-3, share)).sorted().toArray();
      found[fit] = ParetoFit.of(draws).k();
    }
    double mean = Arrays.stream(found).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(found).map(f -> (f - mean) * (f - mean)).average().orElseThrow());

    // Zhang & Stephens: a bias of a tenth of the deviation, which is about (1 + k) / sqrt(n).
    assertThat(mean).isCloseTo(drawn(k, n), within(0.02));
    assertThat(deviation).isBetween(0.6 * (1 + k) / Math.sqrt(n), 1.3 * (1 + k) / Math.sqrt(n));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-290, 1e-5, 1e250})
  void aUnitIsTheScalesAlone(double unit) {
    double[] draws =
        new Random(2).doubles(50).map(share -> quantile(0.4, 1, share)).sorted().toArray();
    ParetoFit fit = ParetoFit.of(draws);

    ParetoFit scaled = ParetoFit.of(Arrays.stream(draws).map(draw -> draw * unit).toArray());

    assertThat(scaled.k()).isCloseTo(fit.k(), within(1e-9));
    assertThat(scaled.sigma() / unit).isCloseTo(fit.sigma(), within(1e-9));
  }

  /** Shapes from heavy to extreme, where few factors can be multiplied before a logarithm. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1, 10, 60, 250})
  void productsOfFactorsKeepTheRangeOfLogarithms(double spread) {
    double[] exceedances =
        IntStream.range(0, 300).mapToDouble(i -> Math.exp(spread * Math.sin(i))).sorted().toArray();

    ParetoFit fit = ParetoFit.of(exceedances);

    assertThat(fit.k()).isCloseTo(byLogarithms(exceedances), within(1e-9 * (1 + spread)));
  }

  /** The estimator as its paper and ArviZ write it. */
  private static double byLogarithms(double[] x) {
    int n = x.length;
    int points = 30 + (int) Math.sqrt(n);
    double[] b = new double[points];
    double[] likelihood = new double[points];
    for (int j = 0; j < points; j++) {
      double quartile = x[(int) Math.floor(n / 4.0 + 0.5) - 1];
      b[j] = 1 / x[n - 1] + (1 - Math.sqrt(points / (j + 0.5))) / 3 / quartile;
      double k = meanLog(b[j], x);
      likelihood[j] = n * (Math.log(-b[j] / k) - k - 1);
    }
    double mean = 0;
    for (int j = 0; j < points; j++) {
      double weight = 0;
      for (double other : likelihood) {
        weight += Math.exp(other - likelihood[j]);
      }
      mean += b[j] / weight;
    }
    return drawn(meanLog(mean, x), n);
  }

  private static double meanLog(double b, double[] x) {
    return Arrays.stream(x).map(value -> Math.log1p(-b * value)).average().orElseThrow();
  }

  @Test
  void equalExceedancesHaveAFiniteFit() {
    double[] equal = new double[10];
    Arrays.fill(equal, 0.25);

    assertThat(ParetoFit.of(equal).k()).isFinite().isNegative();
  }
}
