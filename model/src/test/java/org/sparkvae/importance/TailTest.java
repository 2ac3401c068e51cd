package org.sparkvae.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private static Tail tail(double... logWeights) {
    return tail(logWeights.length, logWeights, 0, logWeights.length);
  }

  private static Tail tail(long samples, double[] logWeights, int from, int to) {
    TailSelection selection = new TailSelection(samples, true);
    selection.add(Arrays.copyOfRange(logWeights, from, to), to - from);
    return selection.tail();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "20, 4",
    "21, 5",
    "100, 20",
    "225, 45",
    "226, 46",
    "5000, 213",
    "1000000, 3000"
  })
  void growsWithTheRootOfTheSamples(long samples, int length) {
    assertThat(Tail.length(samples)).isEqualTo(length);
  }

  /** Draws with many that are equal, and weights of zero. */
  private static double[] draws(int count) {
    Random random = new Random(count);
    return random
        .doubles(count)
        .map(draw -> draw < 0.1 ? ZERO : draw < 0.5 ? draw : Math.floor(40 * draw))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "30", "225", "1000", "5000"})
  void isTheSameHoweverTheSamplesAreCut(int samples) {
    double[] logWeights = draws(samples);
    double[] sorted = Arrays.stream(logWeights).filter(weight -> weight > ZERO).sorted().toArray();
    int kept = Math.min(sorted.length, Tail.length(samples) + 1);
    Tail whole =
        new Tail(samples, true, Arrays.copyOfRange(sorted, sorted.length - kept, sorted.length));
    Random random = new Random(3);

    for (int trial = 0; trial < 30; trial++) {
      shuffle(logWeights, random);
      List<Tail> parts = new ArrayList<>();
      for (int from = 0; from < samples; ) {
        int to = from + 1 + random.nextInt(samples - from);
        parts.add(tail(samples, logWeights, from, to));
        from = to;
      }
      while (parts.size() > 1) {
        Tail one = parts.remove(random.nextInt(parts.size()));
        parts.add(one.plus(parts.remove(random.nextInt(parts.size()))));
      }
      assertThat(parts.get(0)).usingRecursiveComparison().isEqualTo(whole);
    }
  }

  private static void shuffle(double[] values, Random random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }

  @Test
  void isTheSameHoweverASelectionIsFed() {
    double[] logWeights = draws(5000);
    TailSelection selection = new TailSelection(5000, true);
    selection.add(new double[] {1e9, Double.NaN}, 2);
    for (int block : new int[] {1, 13, 250, 5000}) {
      selection.clear();
      for (int from = 0; from < 5000; from += block) {
        int to = Math.min(5000, from + block);
        selection.add(Arrays.copyOfRange(logWeights, from, to), to - from);
      }
      assertThat(selection.tail())
          .usingRecursiveComparison()
          .isEqualTo(tail(5000, logWeights, 0, 5000));
    }
  }

  @Test
  void exceedancesAreOverTheNextWeightAndRelativeToTheLargest() {
    // Of ten, two.
    Tail tail = tail(0, -1, -2, -3, -4, -5, -6, -7, -8, -9);

    assertThat(tail.spread()).isEqualTo(2);
    assertThat(tail.exceedances())
        .containsExactly(
            new double[] {Math.exp(-1) - Math.exp(-2), 1 - Math.exp(-2)}, within(1e-15));
  }

  @Test
  void whatEqualsTheThresholdIsNoExceedance() {
    assertThat(tail(1, 0, 0, 0, 0, 0, 0, 0, 0, 0).exceedances()).hasSize(1);
    assertThat(tail(0, 0, 0, 0, 0, 0, 0, 0, 0, 0).exceedances()).isEmpty();
    assertThat(tail(0, 0, 0, 0, 0, 0, 0, 0, 0, 0).spread()).isZero();
  }

  @Test
  void whatIsNextToNothingIsNoExceedance() {
    assertThat(tail(0, -707, -800, -900, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO).exceedances())
        .hasSize(2);
    assertThat(tail(0, -709, -800, -900, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO).exceedances())
        .hasSize(1);
    assertThat(tail(0, -1, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO).exceedances())
        .containsExactly(new double[] {Math.exp(-1), 1}, within(1e-300));
  }
}
