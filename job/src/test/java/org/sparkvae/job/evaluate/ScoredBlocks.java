package org.sparkvae.job.evaluate;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.JavaConverters;

/** Counts the sample blocks that Spark's tasks really compute. */
final class ScoredBlocks extends SparkListener {
  private final AtomicLong blocks = new AtomicLong();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    for (AccumulableInfo info : JavaConverters.seqAsJavaList(task.taskInfo().accumulables())) {
      if (info.name().contains("sample blocks done")) {
        blocks.addAndGet((Long) info.update().get());
      }
    }
  }

  /** Those since the last call. */
  long take(SparkContext spark) {
    try {
      spark.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
    return blocks.getAndSet(0);
  }
}
