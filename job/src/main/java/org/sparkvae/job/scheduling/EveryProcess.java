package org.sparkvae.job.scheduling;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;

/** Reaches the processes of a Spark application, to have each let go of what it keeps. */
public final class EveryProcess {
  private EveryProcess() {}

  /**
   * Runs a task a slot, so that every process has it run at least once as far as tasks reach them;
   * it is to do no harm where it runs again.
   *
   * @param task gets its number
   */
  public static void run(JavaSparkContext spark, VoidFunction<Integer> task) {
    int slots = spark.defaultParallelism();
    List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
    spark.parallelize(tasks, slots).foreach(task);
  }
}
