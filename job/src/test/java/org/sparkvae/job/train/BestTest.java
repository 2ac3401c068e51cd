package org.sparkvae.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestTest {
  @Test
  void countsValidationsWithoutGain() {
    Best best = Best.NONE.after(2, -90).after(4, -80).after(6, -80).after(8, -85);

    assertThat(best).isEqualTo(new Best(4, -80, 2));
    assertThat(best.exhausts(3)).isFalse();
    assertThat(best.exhausts(2)).isTrue();
    assertThat(best.exhausts(0)).isFalse();
    assertThat(best.after(10, -79.5)).isEqualTo(new Best(10, -79.5, 0));
  }

  @Test
  void onlyGainsCountWhileTheKlWeightGrows() {
    Best best = Best.NONE.duringWarmUp(2, -90).duringWarmUp(4, -95);

    assertThat(best).isEqualTo(new Best(2, -90, 0));
    assertThat(best.duringWarmUp(6, -85)).isEqualTo(new Best(6, -85, 0));
  }
}
