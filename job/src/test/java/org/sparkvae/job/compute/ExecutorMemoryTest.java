package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorMemoryTest {
  private static final String PROCESS = "-Dorg.bytedeco.javacpp.maxphysicalbytes=";
  private static final String ARRAYS = "-Dorg.bytedeco.javacpp.maxbytes=";

  private static SparkConf conf(String master, String... settings) {
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
        "4g; spark.executor.memoryOverheadFactor=0.4; 4096; 1638; 1229",
        "4g; spark.executor.memoryOverhead=2g; 4096; 2048; 1639",
        "4g; spark.executor.memoryOverhead=2000; 4096; 2000; 1591",
        "2g; spark.executor.memoryOverheadFactor=0.5; 2048; 1024; 640",
        "20g; spark.executor.memoryOverheadFactor=0.1; 20480; 2048; 128",
        "1g; spark.app.name=x; 1024; 384; 128"
      })
  void leavesRoomForTheJvm(String heap, String setting, long mib, long overhead, long arrays) {
    SparkConf conf = conf("yarn", "spark.executor.memory=" + heap, setting);
    ExecutorMemory memory = ExecutorMemory.of(conf).orElseThrow();
    assertThat(memory).isEqualTo(new ExecutorMemory(mib, overhead, 0));
    assertThat(memory.arrays()).isEqualTo(arrays);
    assertThat(memory.arrays() + 384 <= overhead || memory.warning().isPresent()).isTrue();
  }

  @Test
  void limitsArraysAndProcessInAContainer() {
    SparkConf conf =
        conf(
            "k8s://https://a",
            "spark.executor.memory=4g",
            "spark.executor.memoryOverhead=2g",
            "spark.memory.offHeap.enabled=true",
            "spark.memory.offHeap.size=1g",
            "spark.executor.defaultJavaOptions=--add-modules jdk.incubator.vector",
            "spark.executor.extraJavaOptions=" + ARRAYS + "9g");
    ExecutorMemory.limit(conf);
    assertThat(conf.get(package$.MODULE$.EXECUTOR_JAVA_OPTIONS()).get())
        .as("as Spark gives them to Java, the user's last")
        .isEqualTo(
            ARRAYS
                + "1639m "
                + PROCESS
                + "7168m --add-modules jdk.incubator.vector "
                + ARRAYS
                + "9g");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "local[2]", "local-cluster[1,1,1024]"})
  void leavesJavacppsOwnLimitOnArraysWithoutContainers(String master) {
    SparkConf conf = conf(master, "spark.executor.memory=4g");
    assertThat(ExecutorMemory.of(conf)).isEmpty();
    ExecutorMemory.limit(conf);
    assertThat(conf.get("spark.executor.defaultJavaOptions")).isEqualTo(PROCESS + "0");
  }

  @Test
  void warnsWhereTheArraysDoNotFit() {
    assertThat(new ExecutorMemory(1024, 384, 0).warning())
        .contains(
            "executors have 384 MiB beside a heap of 1024 MiB, which may not hold ND4J's arrays:"
                + " set spark.executor.memoryOverhead to 512m or more");
    assertThat(new ExecutorMemory(1024, 511, 0).warning()).isPresent();
    assertThat(new ExecutorMemory(1024, 512, 0).warning()).isEmpty();
    assertThat(new ExecutorMemory(10_240, 1151, 0).warning()).isPresent();
    assertThat(new ExecutorMemory(10_240, 1152, 0).warning()).isEmpty();
  }
}
