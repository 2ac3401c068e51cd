package org.sparkvae.job.compute;

import org.apache.spark.SparkConf;

/** Java options of executors. */
final class ExecutorOptions {
  private static final String OPTIONS = "spark.executor.defaultJavaOptions";

  private ExecutorOptions() {}

  /**
   * Adds some, before a session starts, in front: of an option given twice, Java takes the last.
   */
  static void prepend(SparkConf conf, String flags) {
    conf.set(OPTIONS, (flags + " " + conf.get(OPTIONS, "")).strip());
  }
}
