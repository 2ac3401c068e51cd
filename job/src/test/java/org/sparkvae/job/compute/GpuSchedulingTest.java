package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.settings.SettingsException;

class GpuSchedulingTest {
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String TASK = "spark.task.resource.gpu.amount";

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "local; spark.task.resource.gpu.amount",
        "local[*]; spark.executor.resource.gpu.amount",
        "local[2]; spark.executor.resource.gpu.discoveryScript",
        "local[2,4]; spark.executor.resource.fpga.amount"
      })
  void refusesResourcesInLocalMode(String master, String key) {
    assertThatThrownBy(() -> GpuScheduling.check(conf(master).set(key, "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            key
                + " is set, but in local mode Spark has no executors to find resources on, and"
                + " tasks would wait for ever: leave it out, and name GPUs in compute.gpus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "yarn", "spark://a:7077", "local-cluster[1,1,1024]"})
  void takesAnyMasterWithoutResources(String master) {
    assertThatCode(() -> GpuScheduling.check(conf(master))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.5"})
  void takesAGpuATaskOrAShareOfOne(String amount) {
    SparkConf conf = conf("local-cluster[1,1,1024]").set(EXECUTOR, "2").set(TASK, amount);
    assertThatCode(() -> GpuScheduling.check(conf)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "4.0"})
  void refusesMoreThanOneGpuATask(String amount) {
    SparkConf conf = conf("yarn").set(EXECUTOR, "4").set(TASK, amount);
    assertThatThrownBy(() -> GpuScheduling.check(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "spark.task.resource.gpu.amount is %s, but a task computes on one GPU: set it to 1, or"
                + " to a fraction where tasks share",
            amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "spark://a:7077"})
  void refusesGpusThatNoTaskAsksFor(String master) {
    assertThatThrownBy(() -> GpuScheduling.check(conf(master).set(EXECUTOR, "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "spark.executor.resource.gpu.amount is set, but spark.task.resource.gpu.amount is not,"
                + " and no task would get a GPU: set it to 1");
  }
}
