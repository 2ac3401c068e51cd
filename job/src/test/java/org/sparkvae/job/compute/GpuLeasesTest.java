package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GpuLeasesTest {
  private final GpuLeases leases = new GpuLeases(List.of(2, 0, 5));

  @Test
  void givesEveryTaskAGpuOfItsOwnWhileThereAreAny() {
    assertThat(List.of(leases.take(10), leases.take(11), leases.take(12))).containsExactly(2, 0, 5);
    assertThat(leases.take(13)).as("the first again, shared").isEqualTo(2);
    assertThat(leases.take(14)).isEqualTo(0);
  }

  @Test
  void givesATaskTheSameGpuAgain() {
    assertThat(leases.take(1)).isEqualTo(2);
    assertThat(leases.take(1)).isEqualTo(2);
    assertThat(leases.take(2)).as("counted once").isEqualTo(0);
  }

  @Test
  void givesAGpuAnewOnceATaskIsOver() {
    leases.take(1);
    leases.take(2);
    leases.take(3);
    leases.giveBack(2);
    leases.giveBack(2);
    assertThat(leases.take(4)).isEqualTo(0);
    assertThat(leases.take(5)).isEqualTo(2);
  }
}
