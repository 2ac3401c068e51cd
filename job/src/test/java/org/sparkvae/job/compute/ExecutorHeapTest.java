package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorHeapTest {
  @ParameterizedTest
  @CsvSource({"local, 1, 1", "local[8], 1, 8", "local[8], 4, 2"})
  void slotsOfTheOneJvmAreThoseOfItsCoresWhateverTheParallelism(
      String master, String cpus, int slots) {
    SparkConf conf =
        new SparkConf(false)
            .setMaster(master)
            .setAppName("slots")
            .set("spark.ui.enabled", "false")
            .set("spark.default.parallelism", "200")
            .set("spark.task.cpus", cpus);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertThat(ExecutorHeap.slots(spark)).isEqualTo(slots);
      assertThat(ExecutorHeap.of(spark)).isEmpty();
    }
  }
}
