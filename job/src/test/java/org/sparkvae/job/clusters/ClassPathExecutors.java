package org.sparkvae.job.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Executors in processes of their own, from this JVM's class path, without a Spark installation.
 */
final class ClassPathExecutors {
  private ClassPathExecutors() {}

  /** Settings of a job that has such executors. */
  static Map<String, String> of(String master) {
    Map<String, String> spark = new TreeMap<>();
    spark.put("spark.master", master);
    spark.put("spark.executor.memory", "1g");
    spark.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    spark.put("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
    spark.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    return spark;
  }

  /** Gives a process that starts workers a SPARK_HOME: they write below it, and ask for jars. */
  static void home(ProcessBuilder builder, Path home) throws IOException {
    Files.createDirectories(home.resolve("jars"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
  }
}
