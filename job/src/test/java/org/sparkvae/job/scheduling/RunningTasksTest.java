package org.sparkvae.job.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
@Timeout(60)
class RunningTasksTest {

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  }

  @Test
  void theTasksOfARunningStageCount() {
    // In local mode a task can ask as the driver does, which hears of stages a little later.
    List<Long> seen =
        spark()
            .parallelize(List.of(1, 2, 3), 3)
            .map(
                task -> {
                  RunningTasks running = RunningTasks.of(spark());
                  while (running.all() == 0) {
                    Thread.onSpinWait();
                    running = RunningTasks.of(spark());
                  }
                  return running.all();
                })
            .collect();

    assertThat(seen).containsOnly(3L);
  }
}
