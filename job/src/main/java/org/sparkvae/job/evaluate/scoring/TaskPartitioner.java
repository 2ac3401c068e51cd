package org.sparkvae.job.evaluate.scoring;

import org.apache.spark.Partitioner;

/** Sends the key t, a task's number, to partition t. */
final class TaskPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int tasks;

  TaskPartitioner(int tasks) {
    this.tasks = tasks;
  }

  @Override
  public int numPartitions() {
    return tasks;
  }

  @Override
  public int getPartition(Object task) {
    return (Integer) task;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskPartitioner partitioner && tasks == partitioner.tasks;
  }

  @Override
  public int hashCode() {
    return tasks;
  }
}
