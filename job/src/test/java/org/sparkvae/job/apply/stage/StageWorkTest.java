package org.sparkvae.job.apply.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparkvae.job.evaluate.scoring.WorkPlan;

class StageWorkTest {
  private static final int GROUPS = 1_000_000;
  private static final double GIGABYTE = 1 << 30;

  @Test
  void tasksTakeHalfASecondUntilTheyWriteAThousandFiles() {
    assertThat(work(30, 0).tasks(2, GROUPS)).isEqualTo(30);
    assertThat(work(9_000, 0).tasks(2, GROUPS)).isEqualTo(1_000);
    assertThat(work(9_000, 0).tasks(2, 500)).isEqualTo(500);
  }

  @Test
  void everySlotGetsATaskAndNoTaskMoreThanItsHeapHolds() {
    assertThat(work(0, 0).tasks(4, GROUPS)).isEqualTo(4);
    assertThat(work(9_000, 0).tasks(3_000, GROUPS)).isEqualTo(3_000);
    assertThat(work(9_000, 100 * GIGABYTE).tasks(2, GROUPS)).isEqualTo(1_600);
  }

  @Test
  void slicesTakeThousandsOfTasks() {
    assertThat(work(9_999, 0).slices(GROUPS)).isEqualTo(1);
    assertThat(work(10_000, 0).slices(GROUPS)).isEqualTo(2);
    assertThat(work(1e6, 0).slices(GROUPS)).isEqualTo(50);
    assertThat(work(1e6, 0).slices(7)).isEqualTo(7);
  }

  @Test
  void rowsThatPassComeInAFewHundredPartitions() {
    assertThat(work(0, 0).partitions(999, GROUPS)).isEqualTo(1);
    assertThat(work(0, 0).partitions(100_000, GROUPS)).isEqualTo(100);
    assertThat(work(0, 0).partitions(1_200_000, GROUPS)).isEqualTo(256);
    assertThat(work(0, 100 * GIGABYTE).partitions(1_200_000, GROUPS)).isEqualTo(1_600);
    assertThat(work(0, 0).partitions(100_000, 10)).isEqualTo(10);
  }

  private static StageWork work(double tasks, double bytes) {
    return new StageWork(tasks * WorkPlan.LARGE_TASK, bytes);
  }
}
