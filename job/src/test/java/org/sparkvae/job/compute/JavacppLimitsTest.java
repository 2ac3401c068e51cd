package org.sparkvae.job.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparkvae.job.compute.ContainerMemoryTest.conf;

import java.util.Map;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavacppLimitsTest {
  private static final String PROCESS = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final String ARRAYS = "org.bytedeco.javacpp.maxbytes";

  @Test
  void limitsArraysAndProcessOfExecutorsInContainers() {
    SparkConf conf =
        conf(
            "k8s://https://a",
            "spark.executor.memory=4g",
            "spark.executor.memoryOverhead=2g",
            "spark.memory.offHeap.enabled=true",
            "spark.memory.offHeap.size=1g",
            "spark.executor.defaultJavaOptions=--add-modules jdk.incubator.vector",
            "spark.executor.extraJavaOptions=-D" + ARRAYS + "=9g");
    JavacppLimits.ofExecutors(conf);
    assertThat(conf.get(package$.MODULE$.EXECUTOR_JAVA_OPTIONS()).get())
        .as("as Spark gives them to Java, the user's last")
        .isEqualTo(
            "-D%s=1639m -D%s=7168m --add-modules jdk.incubator.vector -D%s=9g"
                .formatted(ARRAYS, PROCESS, ARRAYS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "local[2]", "local-cluster[1,1,1024]"})
  void leavesJavacppsOwnLimitOnArraysWithoutContainers(String master) {
    SparkConf conf = conf(master, "spark.submit.deployMode=cluster", "spark.executor.memory=4g");
    JavacppLimits.ofExecutors(conf);
    assertThat(conf.get("spark.executor.defaultJavaOptions")).isEqualTo("-D" + PROCESS + "=0");
    assertThat(driver(conf, Map.of())).isEmpty();
  }

  @Test
  void limitsArraysAndProcessOfADriverInAContainer() {
    SparkConf conf = inContainer();
    assertThat(driver(conf, Map.of())).isEqualTo(Map.of(ARRAYS, "1639m", PROCESS, "6144m"));
    assertThat(driver(inContainer().set("spark.submit.deployMode", "client"), Map.of())).isEmpty();
  }

  @Test
  void aDriversOwnJavaOptionsGoFirst() {
    Map<String, String> given = Map.of(ARRAYS, "9g", PROCESS, "0");
    assertThat(driver(inContainer(), given)).isEqualTo(given);
    String other = "org.bytedeco.javacpp.maxBytes";
    assertThat(driver(inContainer(), Map.of(other, "9g")))
        .isEqualTo(Map.of(other, "9g", PROCESS, "6144m"));
  }

  private static SparkConf inContainer() {
    return conf(
        "yarn",
        "spark.submit.deployMode=cluster",
        "spark.driver.memory=4g",
        "spark.driver.memoryOverhead=2g");
  }

  /** The properties of a driver's JVM that has been given these. */
  private static Properties driver(SparkConf conf, Map<String, String> given) {
    Properties properties = new Properties();
    properties.putAll(given);
    JavacppLimits.ofDriver(conf, properties);
    return properties;
  }
}
