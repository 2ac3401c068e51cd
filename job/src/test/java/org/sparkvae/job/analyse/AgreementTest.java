package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void theSamePartitionAgreesWhateverItsNumbers() {
    Agreement same = new Agreement(new long[][] {{0, 5}, {3, 0}});

    assertThat(same.purity()).isEqualTo(1);
    assertThat(same.adjustedRand()).isEqualTo(1);
  }

  @Test
  void aSplitClusterIsPureButNotTheSame() {
    // The example of scikit-learn's documentation: labels 0 0 1 1, clusters 0 0 1 2.
    Agreement split = new Agreement(new long[][] {{2, 0}, {0, 1}, {0, 1}});

    assertThat(split.purity()).isEqualTo(1);
    assertThat(split.adjustedRand()).isCloseTo(0.57, within(0.005));
  }

  @Test
  void independentPartitionsHaveIndexZeroOrBelow() {
    Agreement independent = new Agreement(new long[][] {{50, 50}, {50, 50}});

    assertThat(independent.purity()).isEqualTo(0.5);
    assertThat(independent.adjustedRand()).isCloseTo(0, within(0.01));
    assertThat(new Agreement(new long[][] {{1, 1}, {1, 1}}).adjustedRand())
        .isCloseTo(-0.5, within(1e-12));
  }
}
