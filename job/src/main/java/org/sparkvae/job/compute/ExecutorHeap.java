package org.sparkvae.job.compute;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Java heap that an executor's tasks share.
 *
 * @param bytes of the heap
 * @param slots tasks that run in it at once
 */
public record ExecutorHeap(long bytes, int slots) {
  private static final long MIB = 1 << 20;

  /** That of the executors of a session; none in local mode, where there are no executors. */
  public static Optional<ExecutorHeap> of(JavaSparkContext spark) {
    if (spark.isLocal()) {
      return Optional.empty();
    }
    SparkConf conf = spark.getConf();
    // The driver is among them.
    int executors = spark.sc().getExecutorMemoryStatus().size() - 1;
    int cores = spark.defaultParallelism() / Math.max(1, executors);
    int slots = Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
    return Optional.of(
        new ExecutorHeap(conf.getSizeAsMb("spark.executor.memory", "1g") * MIB, slots));
  }
}
