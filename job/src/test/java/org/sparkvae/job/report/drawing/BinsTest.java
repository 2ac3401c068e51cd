package org.sparkvae.job.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.fixtures.Binned;

class BinsTest {
  @Test
  void everyValueIsCountedOnceTheHighestToo() {
    double[] values = IntStream.rangeClosed(0, 1000).mapToDouble(i -> i).toArray();

    Bins bins = Binned.bins(values);

    // Freedman and Diaconis: 2 * 500 / cbrt(1001) = 99.97 wide, hence 11 of them.
    assertThat(bins.counts()).hasSize(11);
    assertThat(Arrays.stream(bins.counts()).sum()).isEqualTo(1001);
    assertThat(bins.edge(0)).isZero();
    assertThat(bins.edge(11)).isEqualTo(1000);
  }

  @Test
  void aFarOutlierDoesNotMakeCountlessBins() {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();
    values[0] = -1e6;

    assertThat(Binned.bins(values).counts()).hasSize(80);
  }

  @Test
  void aConstantFallsIntoTheMiddle() {
    Bins bins = Binned.bins(-90, -90);

    assertThat(bins.counts()).containsExactly(0, 0, 0, 0, 2, 0, 0, 0, 0);
    assertThat((bins.edge(4) + bins.edge(5)) / 2).isCloseTo(-90, within(1e-9));
  }

  @Test
  void theOutlineStepsOverTheBins() {
    Bins bins = new Bins(10, 2, new long[] {3, 1});

    assertThat(bins.outlineX()).containsExactly(10, 10, 12, 12, 14, 14);
    assertThat(bins.outlineY()).containsExactly(0, 3, 3, 1, 1, 0);
  }
}
