package org.sparkvae.job.scheduling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * How much the tasks of a stage have done, as the driver hears of it when they end. A task that is
 * run again, as where its executor was lost, counts once: what it did is noted by its partition.
 *
 * <p>Tasks of one stage only may add to it.
 */
public final class WorkDone extends AccumulatorV2<Long, Long> {
  private static final long serialVersionUID = 1L;

  /** Read by the driver's other threads while tasks end, and by an executor's heartbeat. */
  private final Map<Integer, Long> byPartition = new ConcurrentHashMap<>();

  @Override
  public boolean isZero() {
    return byPartition.isEmpty();
  }

  @Override
  public AccumulatorV2<Long, Long> copy() {
    WorkDone copy = new WorkDone();
    copy.byPartition.putAll(byPartition);
    return copy;
  }

  @Override
  public void reset() {
    byPartition.clear();
  }

  /** Notes what the running task did. */
  @Override
  public void add(Long more) {
    byPartition.merge(TaskContext.getPartitionId(), more, Long::sum);
  }

  @Override
  public void merge(AccumulatorV2<Long, Long> other) {
    ((WorkDone) other).byPartition.forEach((of, done) -> byPartition.merge(of, done, Math::max));
  }

  /** What all tasks did. */
  @Override
  public Long value() {
    return byPartition.values().stream().mapToLong(Long::longValue).sum();
  }
}
