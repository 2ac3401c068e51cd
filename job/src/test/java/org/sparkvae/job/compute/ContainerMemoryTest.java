package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.compute.ContainerMemory.Role;

class ContainerMemoryTest {
  /** Spark settings of a master; the others as key=value. */
  static SparkConf conf(String master, String... settings) {
    SparkConf conf = new SparkConf(false).setMaster(master);
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      conf.set(parts[0], parts[1]);
    }
    return conf;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // heap, setting; heap and overhead in MiB, for arrays
        "4g; memoryOverheadFactor=0.4; 4096; 1638; 1229",
        "4g; memoryOverhead=2g; 4096; 2048; 1639",
        "4g; memoryOverhead=2000; 4096; 2000; 1591",
        "2g; memoryOverheadFactor=0.5; 2048; 1024; 640",
        "20g; memoryOverheadFactor=0.1; 20480; 2048; 128",
        "1g; cores=1; 1024; 384; 128"
      })
  void leavesRoomForTheJvm(String heap, String setting, long mib, long overhead, long arrays) {
    for (Role role : Role.values()) {
      String side = "spark." + (role == Role.DRIVER ? "driver." : "executor.");
      SparkConf conf =
          conf(
              "yarn",
              "spark.submit.deployMode=cluster",
              side + "memory=" + heap,
              side + setting,
              "spark.memory.offHeap.enabled=true",
              "spark.memory.offHeap.size=1g");
      ContainerMemory memory = ContainerMemory.of(role, conf).orElseThrow();
      long sparks = role == Role.EXECUTOR ? 1024 : 0;
      assertThat(memory).isEqualTo(new ContainerMemory(role, mib, overhead, sparks));
      assertThat(memory.arrays()).isEqualTo(arrays);
      assertThat(memory.arrays() + 384 <= overhead || memory.warning().isPresent()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "local[2]", "local-cluster[1,1,1024]"})
  void nobodyIsInAContainerElsewhere(String master) {
    SparkConf conf = conf(master, "spark.submit.deployMode=cluster");
    assertThat(ContainerMemory.of(Role.DRIVER, conf)).isEmpty();
    assertThat(ContainerMemory.of(Role.EXECUTOR, conf)).isEmpty();
  }

  @Test
  void aDriverIsInAContainerWhereTheClusterStartedIt() {
    assertThat(ContainerMemory.of(Role.DRIVER, conf("yarn"))).isEmpty();
    assertThat(ContainerMemory.of(Role.DRIVER, conf("k8s://a", "spark.submit.deployMode=client")))
        .isEmpty();
    assertThat(
            ContainerMemory.of(
                Role.DRIVER,
                conf(
                    "k8s://a",
                    "spark.submit.deployMode=client",
                    "spark.kubernetes.submitInDriver=true")))
        .as("as spark-submit runs once more in the pod")
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void warnsFromTheLeastOverheadOn(Role role) {
    assertThat(new ContainerMemory(role, 1024, 511, 0).warning()).isPresent();
    assertThat(new ContainerMemory(role, 1024, 512, 0).warning()).isEmpty();
    assertThat(new ContainerMemory(role, 10_240, 1151, 0).warning()).isPresent();
    assertThat(new ContainerMemory(role, 10_240, 1152, 0).warning()).isEmpty();
  }

  @Test
  void warnsOfEachThatHasTooLittle() {
    SparkConf conf = conf("yarn", "spark.submit.deployMode=cluster", "spark.driver.memory=2g");
    assertThat(ContainerMemory.warnings(conf))
        .containsExactly(
            "the driver has 384 MiB beside a heap of 2048 MiB, which may not hold ND4J's arrays:"
                + " set spark.driver.memoryOverhead to 512m or more",
            "executors have 384 MiB beside a heap of 1024 MiB, which may not hold ND4J's arrays:"
                + " set spark.executor.memoryOverhead to 512m or more");
    conf.set("spark.driver.memoryOverhead", "1g").set("spark.executor.memoryOverhead", "1g");
    assertThat(ContainerMemory.warnings(conf)).isEmpty();
  }
}
