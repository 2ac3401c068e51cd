package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.tensor.device.DeviceKernels;
import org.sparkvae.tensor.kernels.Kernels;

/** Tasks one after the other on one thread. */
class BoundTasksTest {
  private static final int TASKS = 20;

  private static boolean onDevice() {
    return Kernels.of(Nd4j.create(DataType.FLOAT, 1)) instanceof DeviceKernels;
  }

  /** A task: whether its thread was bound before, what it was bound to, whether it is since. */
  private record Told(long thread, boolean before, int gpu, boolean since) implements Serializable {
    static Told of(boolean binds) {
      boolean before = onDevice();
      int gpu = binds ? ComputeNode.bind() : ComputeNode.CPU;
      return new Told(Thread.currentThread().getId(), before, gpu, onDevice());
    }
  }

  /** Every other task binds its thread, which the next one finds unbound. */
  @Test
  void areBoundUntilTheyEnd() {
    try (SimulatedGpus gpus = new SimulatedGpus(1 << 20);
        JavaSparkContext spark = spark()) {
      List<Integer> numbers = IntStream.range(0, TASKS).boxed().toList();
      List<Told> told = spark.parallelize(numbers, TASKS).map(i -> Told.of(i % 2 == 0)).collect();
      assertThat(told.stream().map(Told::thread).distinct()).hasSizeLessThan(TASKS / 2);
      for (int i = 0; i < TASKS; i++) {
        boolean binds = i % 2 == 0;
        assertThat(told.get(i))
            .isEqualTo(new Told(told.get(i).thread(), false, binds ? 0 : ComputeNode.CPU, binds));
      }
      assertThat(ComputeNode.bind()).as("outside of tasks").isEqualTo(ComputeNode.CPU);
      assertThat(onDevice()).isFalse();
      assertThat(gpus.launches()).containsExactly(0);
    }
  }

  @Test
  void tellTheirGpu() {
    try (SimulatedGpus gpus = new SimulatedGpus(1 << 20);
        JavaSparkContext spark = spark()) {
      assertThat(spark.parallelize(List.of(0), 1).map(i -> ComputeNode.describe()).first())
          .startsWith("products of our own on ")
          .contains("; beside it ND4J CPU, ");
      assertThat(gpus.launches()).containsExactly(0);
    }
  }

  private static JavaSparkContext spark() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("bound")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "127.0.0.1");
    return new JavaSparkContext(conf);
  }
}
