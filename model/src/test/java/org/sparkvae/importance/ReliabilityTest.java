package org.sparkvae.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTest {
  private static Reliability of(double... logWeights) {
    TailSelection selection = new TailSelection(logWeights.length, true);
    selection.add(logWeights, logWeights.length);
    return Reliability.of(selection.tail());
  }

  private static double[] equal(int samples) {
    double[] logWeights = new double[samples];
    Arrays.fill(logWeights, -87.654);
    return logWeights;
  }

  private static Reliability ofGaussian(double variance, int seed) {
    return of(gaussian(variance, seed));
  }

  /** 5,000 log-weights of samples of N(0, variance) for the target N(0, 1), in two dimensions. */
  private static double[] gaussian(double variance, int seed) {
    Random random = new Random(seed);
    return DoubleStream.generate(() -> square(random) + square(random))
        .limit(5000)
        .map(squares -> 0.5 * squares * (1 - variance) + Math.log(variance))
        .toArray();
  }

  private static double square(Random random) {
    double normal = random.nextGaussian();
    return normal * normal;
  }

  /** exp of squares that are twice an exponential variable: a Pareto distribution, k exact. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.5, 0.8})
  void theShapeIsThatOfAProposalNarrowerThanTheTarget(double variance) {
    double mean =
        IntStream.range(0, 40)
            .mapToDouble(seed -> ofGaussian(variance, seed).paretoK())
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(1 - variance, within(0.06));
  }

  /**
   * Weights are Pareto distributed, w^-(1 / k), with k one minus the variance; cut at the weight
   * beyond which one of 40 samples of 5,000 has any, their mean square is an integral of powers.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.45, 0.55, 0.7})
  void drawnAndUnseenSquaresAreThoseOfTheDistribution(double variance) {
    double k = 1 - variance;
    double power = 1 - 2 * k;
    double beyond = 1 / (40.0 * 5000);
    double expected = 5000 * ((1 - Math.pow(beyond, power)) / power + Math.pow(beyond, power));
    double[] ratios = new double[200];
    for (int seed = 0; seed < ratios.length; seed++) {
      double[] logWeights = gaussian(variance, seed);
      double largest = Arrays.stream(logWeights).max().orElseThrow();
      double squares = Arrays.stream(logWeights).map(w -> Math.exp(2 * (w - largest))).sum();
      double scale = Math.exp(2 * (largest - Math.log(variance)));
      ratios[seed] = (squares + of(logWeights).unseenSquares()) * scale / expected;
    }
    Arrays.sort(ratios);

    assertThat(ratios[100]).isBetween(0.9, 1.2);
  }

  @Test
  void lightTailsHaveNextToNothingUnseen() {
    double[] logWeights = gaussian(1.5, 1);
    double largest = Arrays.stream(logWeights).max().orElseThrow();
    double squares = Arrays.stream(logWeights).map(w -> Math.exp(2 * (w - largest))).sum();

    assertThat(of(logWeights).unseenSquares()).isBetween(0.0, 1e-3 * squares);
  }

  @Test
  void aProposalMuchNarrowerThanTheTargetIsNotReliable() {
    assertThat(ofGaussian(0.02, 1).reliable()).isFalse();
  }

  @Test
  void aWiderProposalIsReliable() {
    Reliability wide = ofGaussian(1.5, 1);

    assertThat(wide.paretoK()).isNegative();
    assertThat(wide.reliable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 100, 5000})
  void equalWeightsAreReliableWithoutAShape(int samples) {
    assertThat(of(equal(samples))).isEqualTo(new Reliability(Double.NaN, true, 0));
  }

  /** A state of probability 1e-4 that holds half of p(x) is not drawn by 61 sets of 100. */
  @Test
  void equalWeightsOfBitsSayNothingOfOtherStates() {
    Random random = new Random(3);
    int unseen = 0;
    for (int r = 0; r < 100; r++) {
      double[] logWeights = new double[5000];
      Arrays.setAll(logWeights, i -> Math.log(0.5 / (random.nextDouble() < 1e-4 ? 1e-4 : 0.9999)));
      TailSelection selection = new TailSelection(5000, false);
      selection.add(logWeights, 5000);
      unseen += LogSum.of(logWeights, 0, 5000).logMean() < -0.69 ? 1 : 0;
      assertThat(Reliability.of(selection.tail())).isEqualTo(new Reliability(Double.NaN, false, 0));
    }
    assertThat(unseen).isBetween(45, 75);
  }

  @Test
  void weightsThatDifferByRoundingAreEqual() {
    double[] logWeights = equal(5000);
    Random random = new Random(5);
    Arrays.setAll(logWeights, i -> (float) logWeights[i] + Math.ulp(87f) * random.nextInt(3));
    assertThat(of(logWeights)).isEqualTo(new Reliability(Double.NaN, true, 0));

    Arrays.setAll(logWeights, i -> -87 + 1e-3 * random.nextGaussian());
    assertThat(of(logWeights).paretoK()).isLessThan(0.3);
    assertThat(of(logWeights).reliable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void tooFewSamplesAreNotReliableEvenWhereTheirWeightsAreEqual(int samples) {
    assertThat(of(equal(samples))).isEqualTo(new Reliability(Double.NaN, false, 0));
  }

  @Test
  void fewWeightsAboveTheOthersAreNotReliable() {
    double[] logWeights = equal(5000);
    Arrays.fill(logWeights, 0, 4, -80);
    assertThat(of(logWeights)).isEqualTo(new Reliability(Double.NaN, false, 0));

    Arrays.fill(logWeights, 4, 5000, Double.NEGATIVE_INFINITY);
    assertThat(of(logWeights)).isEqualTo(new Reliability(Double.NaN, false, 0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY})
  void brokenWeightsAreNotReliable(double broken) {
    double[] logWeights = new double[100];
    Arrays.fill(logWeights, broken);

    assertThat(of(logWeights)).isEqualTo(new Reliability(Double.NaN, false, 0));
  }

  @Test
  void weightsFurtherApartThanADoubleReachesAreJudged() {
    double[] logWeights = new double[5000];
    Arrays.setAll(logWeights, i -> -0.9 * i);

    Reliability far = of(logWeights);

    assertThat(far.paretoK()).isGreaterThan(5);
    assertThat(far.reliable()).isFalse();
  }

  private static Reliability ofChains(double... logWeights) {
    return Reliability.ofChains(LogSum.of(logWeights, 0, logWeights.length));
  }

  @Test
  void chainsAreReliableWhereTheirWeightsAreAlike() {
    double[] logWeights = equal(16);
    assertThat(ofChains(logWeights)).isEqualTo(new Reliability(Double.NaN, true, 0));
    assertThat(ofChains(equal(4)).reliable()).isTrue();

    // An effective sample size of 13 of 16, and one of 11.
    Arrays.fill(logWeights, 0, 3, Double.NEGATIVE_INFINITY);
    assertThat(ofChains(logWeights).reliable()).isTrue();
    Arrays.fill(logWeights, 0, 5, Double.NEGATIVE_INFINITY);
    assertThat(ofChains(logWeights)).isEqualTo(new Reliability(Double.NaN, false, 0));
  }

  @Test
  void chainsThatAreTooFewOrBrokenAreNotReliable() {
    assertThat(ofChains(-3).reliable()).isFalse();
    assertThat(ofChains(-3, -3, -3).reliable()).isFalse();
    for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] logWeights = equal(16);
      logWeights[7] = broken;
      assertThat(ofChains(logWeights).reliable()).isFalse();
    }
    double[] none = new double[16];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    assertThat(ofChains(none).reliable()).isFalse();
  }

  /** Lognormal weights of mean 1, of sets of 16 chains. */
  @ParameterizedTest
  @CsvSource({"0.3, 0.99, 1, 0.9", "0.5, 0.7, 1, 0.88", "1, 0, 0.05, 0", "2, 0, 0.001, 0"})
  void chainsWhoseErrorsAreTooSmallAreRarelyCalledReliable(
      double deviation, double least, double most, double within) {
    Random random = new Random(8);
    int repeats = 4000;
    int reliable = 0;
    int covered = 0;
    for (int r = 0; r < repeats; r++) {
      double[] logWeights = new double[16];
      Arrays.setAll(logWeights, i -> deviation * random.nextGaussian() - deviation * deviation / 2);
      LogSum sum = LogSum.of(logWeights, 0, 16);
      if (Reliability.ofChains(sum).reliable()) {
        reliable++;
        covered += Math.abs(sum.logMean()) < 2 * sum.standardError() ? 1 : 0;
      }
    }

    assertThat((double) reliable / repeats).isBetween(least, most);
    assertThat(covered).isGreaterThanOrEqualTo((int) (within * reliable));
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "16, 0.75", "64, 0.625", "10000, 0.51"})
  void theLeastShareFallsWithTheChains(long chains, double share) {
    assertThat(Reliability.leastShare(chains)).isCloseTo(share, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.5", "1000, 0.6666667", "2154, 0.7", "1000000, 0.7"})
  void theLimitRisesWithTheSamples(long samples, double limit) {
    assertThat(Reliability.limit(samples)).isCloseTo(limit, within(1e-4));
  }
}
