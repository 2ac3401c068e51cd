package org.sparkvae.job.compute;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.sparkvae.job.compute.ContainerMemory.Role;

/**
 * JavaCPP's limits on what lies outside the Java heap, so that processes stay within their
 * containers; what the user's Java options say goes before.
 *
 * <p>Without a container only the limit on ND4J's arrays stays, JavaCPP's own, the size of the
 * heap: that on the process counts mapped files too.
 */
public final class JavacppLimits {
  private static final String ARRAYS = "org.bytedeco.javacpp.maxbytes";
  private static final String PROCESS = "org.bytedeco.javacpp.maxphysicalbytes";

  /** The other names, which go before. */
  private static final Map<String, String> ALIASES =
      Map.of(
          ARRAYS, "org.bytedeco.javacpp.maxBytes",
          PROCESS, "org.bytedeco.javacpp.maxPhysicalBytes");

  private JavacppLimits() {}

  /** Sets those of executors, before a session starts. */
  public static void ofExecutors(SparkConf conf) {
    String limits =
        limits(ContainerMemory.of(Role.EXECUTOR, conf))
            .map(limit -> "-D" + limit.getKey() + "=" + limit.getValue())
            .collect(Collectors.joining(" "));
    ExecutorOptions.prepend(conf, limits);
  }

  /**
   * Sets those of this JVM, the driver, where it runs in a container: JavaCPP reads them as its
   * first class is initialised, so this comes before ND4J is touched.
   *
   * @param properties of the system
   */
  public static void ofDriver(SparkConf conf, Properties properties) {
    Optional<ContainerMemory> memory = ContainerMemory.of(Role.DRIVER, conf);
    if (memory.isPresent()) {
      limits(memory)
          .filter(limit -> properties.getProperty(ALIASES.get(limit.getKey())) == null)
          .forEach(limit -> properties.putIfAbsent(limit.getKey(), limit.getValue()));
    }
  }

  private static Stream<Map.Entry<String, String>> limits(Optional<ContainerMemory> memory) {
    return memory
        .map(
            m ->
                Stream.of(
                    Map.entry(ARRAYS, m.arrays() + "m"), Map.entry(PROCESS, m.process() + "m")))
        .orElseGet(() -> Stream.of(Map.entry(PROCESS, "0")));
  }
}
