package org.sparkvae.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.fixtures.LogWeights;

class LogWeightSumTest {
  private static final Offset<Double> ROUNDING = within(1e-10);

  private static LogWeightSum fold(double[] logWeight, int block) {
    return LogWeights.blocks(logWeight, logWeight, block).stream()
        .reduce(LogWeightSum::plus)
        .orElseThrow();
  }

  /** logsumexp - log count, by its definition. */
  private static double bound(double[] logWeight, int from, int count) {
    double[] group = Arrays.copyOfRange(logWeight, from, from + count);
    double max = Arrays.stream(group).max().orElseThrow();
    double mean = Arrays.stream(group).map(w -> Math.exp(w - max)).average().orElseThrow();
    return max + Math.log(mean);
  }

  private static double bruteForce(double[] logWeight, int k) {
    return IntStream.range(0, logWeight.length / k)
        .mapToDouble(group -> bound(logWeight, group * k, k))
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "5000, 250",
    "5000, 7",
    "1001, 64",
    "1001, 1001",
    "1000, 1",
    "999, 333",
    "10, 4",
    "11, 11",
    "100, 100",
    "101, 100",
    "9, 10",
    "2, 1",
    "12345, 1024"
  })
  void everyFigureIsItsDefinitionWhateverTheBlock(int samples, int block) {
    double[] logWeight = LogWeights.drawn(samples, 5);
    double[] logLikelihood = LogWeights.drawn(samples, 2);

    LogWeightSum sum =
        LogWeights.blocks(logWeight, logLikelihood, block).stream()
            .reduce(LogWeightSum::plus)
            .orElseThrow();

    double[] weights = Arrays.stream(logWeight).map(w -> Math.exp(w + 90)).toArray();
    double total = Arrays.stream(weights).sum();
    double squares = Arrays.stream(weights).map(w -> w * w).sum();
    double mean = total / samples;
    double variance =
        Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).sum() / (samples - 1);
    assertThat(sum.logLikelihood()).isCloseTo(bound(logWeight, 0, samples), ROUNDING);
    assertThat(sum.effectiveSamples()).isCloseTo(total * total / squares, within(1e-7));
    assertThat(sum.standardError(0)).isCloseTo(Math.sqrt(variance / samples) / mean, ROUNDING);
    assertThat(sum.elbo()).isCloseTo(Arrays.stream(logWeight).average().orElseThrow(), ROUNDING);
    assertThat(sum.reconstruction())
        .isCloseTo(Arrays.stream(logLikelihood).average().orElseThrow(), ROUNDING);
    List<Integer> at = new ArrayList<>();
    for (int k = 1; k < samples; k *= 10) {
      at.add(k);
    }
    at.add(samples);
    assertThat(sum.curve()).extracting(CurvePoint::samples).isEqualTo(at);
    for (CurvePoint point : sum.curve()) {
      assertThat(point.bound())
          .as("bound at %d", point.samples())
          .isCloseTo(bruteForce(logWeight, point.samples()), ROUNDING);
    }
  }

  @Test
  void joiningInAnotherOrderChangesRoundingOnly() {
    double[] logWeight = LogWeights.drawn(1000, 5);
    List<LogWeightSum> blocks = LogWeights.blocks(logWeight, logWeight, 7);
    LogWeightSum right = blocks.get(blocks.size() - 1);
    for (int i = blocks.size() - 2; i >= 0; i--) {
      right = blocks.get(i).plus(right);
    }
    LogWeightSum left = fold(logWeight, 7);

    assertThat(right.logLikelihood()).isCloseTo(left.logLikelihood(), ROUNDING);
    for (int i = 0; i < left.curve().size(); i++) {
      assertThat(right.curve().get(i).bound()).isCloseTo(left.curve().get(i).bound(), ROUNDING);
    }
  }

  @Test
  void weightsFarApartNeitherOverflowNorVanish() {
    double[] logWeight = new double[30];
    Arrays.setAll(logWeight, i -> i < 10 ? 5000 : i < 20 ? -5000 : -60_000);
    LogWeightSum sum = fold(logWeight, 4);

    assertThat(sum.logLikelihood()).isCloseTo(5000 + Math.log(10) - Math.log(30), ROUNDING);
    assertThat(sum.effectiveSamples()).isCloseTo(10, ROUNDING);
    assertThat(sum.curve().get(1).bound()).isCloseTo(-20_000, ROUNDING);
  }

  @Test
  void equalWeightsLeaveNoError() {
    double[] logWeight = new double[100];
    Arrays.fill(logWeight, -87.654);
    LogWeightSum sum = fold(logWeight, 30);

    assertThat(sum.standardError(0)).isLessThan(1e-8);
    assertThat(sum.effectiveSamples()).isCloseTo(100, ROUNDING);
  }

  @Test
  void squaresThatWereNotDrawnWidenTheError() {
    double[] logWeight = LogWeights.drawn(1000, 2);
    double largest = Arrays.stream(logWeight).max().orElseThrow();
    double[] weights = Arrays.stream(logWeight).map(w -> Math.exp(w - largest)).toArray();
    double mean = Arrays.stream(weights).average().orElseThrow();
    double meanSquare = (Arrays.stream(weights).map(w -> w * w).sum() + 7) / 1000;

    assertThat(fold(logWeight, 30).standardError(7))
        .isCloseTo(Math.sqrt((meanSquare - mean * mean) / 999) / mean, ROUNDING);
  }

  @Test
  void oneSampleHasABoundButNoStandardError() {
    LogWeightSum sum = fold(new double[] {-90}, 250);

    assertThat(sum.logLikelihood()).isEqualTo(-90);
    assertThat(sum.standardError(0)).isNaN();
    assertThat(sum.effectiveSamples()).isEqualTo(1);
    assertThat(sum.curve()).containsExactly(new CurvePoint(1, -90));
  }

  @Test
  void weightsOfZeroCountAsSamples() {
    double[] logWeight = {Double.NEGATIVE_INFINITY, -3, Double.NEGATIVE_INFINITY, -3};

    assertThat(fold(logWeight, 1).logLikelihood()).isCloseTo(-3 - Math.log(2), ROUNDING);
    assertThat(fold(logWeight, 4).effectiveSamples()).isCloseTo(2, ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"NaN, 1", "NaN, 4", "Infinity, 1", "Infinity, 4"})
  void aBrokenWeightIsNotHidden(double broken, int block) {
    double[] logWeight = {-1, broken, -2, -3};

    assertThat(Double.isFinite(fold(logWeight, block).logLikelihood())).isFalse();
  }

  @Test
  void weightsAllZeroAreNotHidden() {
    double[] logWeight = new double[20];
    Arrays.fill(logWeight, Double.NEGATIVE_INFINITY);

    assertThat(fold(logWeight, 3).logLikelihood()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aMissingOrRepeatedBlockIsRefused() {
    double[] logWeight = LogWeights.drawn(100, 1);
    List<LogWeightSum> blocks = LogWeights.blocks(logWeight, logWeight, 25);

    assertThatThrownBy(() -> blocks.get(0).plus(blocks.get(2)))
        .hasMessage("samples 50.. cannot follow samples ..24");
  }
}
