package org.sparkvae.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkvae.evaluation.Annealed;

class LadderTest {
  @Test
  void temperaturesRiseFrom0To1AndAreCloserAtTheEnds() {
    for (Annealed.Start start : Annealed.Start.values()) {
      Ladder ladder = Ladder.of(new Annealed(start, 1, 50, 1, 0));
      assertThat(ladder.at(0)).isZero();
      assertThat(ladder.at(25)).isCloseTo(0.5, within(1e-12));
      assertThat(ladder.at(50)).isEqualTo(1);
      double[] temperatures = IntStream.rangeClosed(0, 50).mapToDouble(ladder::at).toArray();
      assertThat(temperatures).isSorted().doesNotHaveDuplicates();
      double first = ladder.at(1);
      double last = 1 - ladder.at(49);
      assertThat(first).isCloseTo(last, within(1e-12)).isLessThan(ladder.at(26) - 0.5);
    }
  }

  @Test
  void sizesBetweenPointsAreGeometricMeans() {
    Steps steps = new Steps(new double[][] {{0, 1}, {2, 1}, {0, 3}});
    double[] sizes = new double[2];
    steps.at(0.25, sizes);
    assertThat(sizes).containsExactly(new double[] {Math.E, Math.E}, within(1e-12));
    steps.at(1, sizes);
    assertThat(sizes).containsExactly(new double[] {1, Math.exp(3)}, within(1e-12));
  }
}
