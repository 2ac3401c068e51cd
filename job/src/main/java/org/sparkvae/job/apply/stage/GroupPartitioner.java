package org.sparkvae.job.apply.stage;

import org.apache.spark.Partitioner;
import org.sparkvae.job.evaluate.scoring.IdRanges;

/** Sends image ids to tasks, those of a group to the same one, in their order. */
final class GroupPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final IdRanges groups;
  private final GroupRange range;
  private final int tasks;

  GroupPartitioner(IdRanges groups, GroupRange range, int tasks) {
    this.groups = groups;
    this.range = range;
    this.tasks = tasks;
  }

  @Override
  public int numPartitions() {
    return tasks;
  }

  @Override
  public int getPartition(Object id) {
    return range.partOf(groups.getPartition(id), tasks);
  }
}
