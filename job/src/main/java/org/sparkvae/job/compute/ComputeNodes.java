package org.sparkvae.job.compute;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.SettingsException;

/** What driver and executors compute on. */
public final class ComputeNodes {
  private static final String BETWEEN = "; ";

  private ComputeNodes() {}

  /**
   * Checks the driver, then as many tasks as run at once, and tells what they compute on, in short
   * parts with "; " between, each once.
   *
   * @throws SettingsException where this machine and the settings do not go together
   * @throws org.apache.spark.SparkException caused by a {@link SettingsException} where an executor
   *     and the settings do not go together
   */
  public static String settle(JavaSparkContext spark, ComputeSettings settings) {
    ComputeNode.prepareDriver(settings, spark.isLocal());
    int slots = spark.defaultParallelism();
    spark.setJobDescription("what the executors compute on");
    try {
      List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
      List<String> nodes =
          spark.parallelize(tasks, slots).map(task -> ComputeNode.describe()).collect();
      return new TreeSet<>(nodes)
          .stream()
              .flatMap(node -> Stream.of(node.split(BETWEEN)))
              .distinct()
              .collect(Collectors.joining(BETWEEN));
    } finally {
      spark.setJobDescription(null);
    }
  }
}
