package org.sparkvae.job.compute;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkvae.job.scheduling.Slots;

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
    long mebibytes = spark.getConf().getSizeAsMb("spark.executor.memory", "1g");
    return Optional.of(new ExecutorHeap(mebibytes * MIB, slots(spark)));
  }

  /** That which tasks run in: of the executors, or in local mode of this process. */
  public static ExecutorHeap ofTasks(JavaSparkContext spark) {
    return of(spark)
        .orElseGet(() -> new ExecutorHeap(Runtime.getRuntime().maxMemory(), slots(spark)));
  }

  /** Tasks that run at once in an executor, or in local mode in the one JVM; rounded up. */
  public static int slots(JavaSparkContext spark) {
    int all = Slots.of(spark.sc());
    // Local mode lists none.
    int executors = spark.isLocal() ? 1 : Math.max(1, spark.sc().getExecutorIds().size());
    return Math.max(1, (all + executors - 1) / executors);
  }
}
