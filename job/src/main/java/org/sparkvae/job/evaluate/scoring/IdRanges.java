package org.sparkvae.job.evaluate.scoring;

import java.util.Arrays;
import org.apache.spark.Partitioner;

/** Sends image ids to partitions by range, so that partition after partition is sorted by id. */
public final class IdRanges extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final long[] first;

  /** With each range's smallest id, rising. */
  IdRanges(long[] first) {
    this.first = first;
  }

  @Override
  public int numPartitions() {
    return first.length;
  }

  @Override
  public int getPartition(Object id) {
    int found = Arrays.binarySearch(first, (Long) id);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdRanges ranges && Arrays.equals(first, ranges.first);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(first);
  }
}
