package org.sparkvae.job.train.rounds;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkvae.job.scheduling.Slots;
import org.sparkvae.job.train.weights.Weights;
import org.sparkvae.job.train.worker.WorkerSpec;

/**
 * A Spark job for the whole epoch, in local mode: its tasks, one a shard, all run at once in the
 * driver's own JVM, and {@link SharedMemoryEpoch wait for each other} after every round to average
 * in memory.
 *
 * @param spark runs the job
 * @param spec of every worker
 * @param listener hears of every round
 */
record SharedMemoryRounds(JavaSparkContext spark, WorkerSpec spec, RoundListener listener)
    implements EpochRounds {
  /**
   * Whether all tasks of a job over so many shards run at once in this JVM, and none is tried
   * again: one that fails takes the others with it.
   */
  static boolean isPossible(JavaSparkContext spark, int shards) {
    SparkContext context = spark.sc();
    // local[N, F] asks for F attempts of a task.
    return context.isLocal() && !context.master().contains(",") && shards <= Slots.of(context);
  }

  @Override
  public Result run(JavaRDD<DataSet> images, RoundPlan plan, Weights start) {
    EpochPlan epoch = plan.epoch();
    int shards = images.getNumPartitions();
    spark.setJobDescription("epoch %d/%d".formatted(epoch.epoch(), epoch.epochs()));
    try (SharedMemoryEpoch together = new SharedMemoryEpoch(spec, plan, shards, start, listener)) {
      images.mapPartitionsWithIndex(new SharedMemoryTask(together.key()), true).count();
      return together.result();
    } finally {
      spark.setJobDescription(null);
    }
  }
}
