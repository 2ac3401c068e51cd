package org.sparkvae.job.data.source;

import java.util.ArrayList;
import java.util.List;

/** Cuts 0 .. n - 1 into the ranges that tasks get, of about the same length and in order. */
public final class TaskRanges {
  private TaskRanges() {}

  /**
   * The ranges, at least one.
   *
   * @param count n
   * @param most ranges at most
   * @param least length of a range at least, unless n is less
   * @return pairs of first (inclusive) and end (exclusive)
   */
  public static List<long[]> cut(long count, int most, long least) {
    long number = Math.max(1, Math.min(most, count / Math.max(1, least)));
    List<long[]> ranges = new ArrayList<>();
    for (long range = 0; range < number; range++) {
      ranges.add(new long[] {count * range / number, count * (range + 1) / number});
    }
    return ranges;
  }
}
