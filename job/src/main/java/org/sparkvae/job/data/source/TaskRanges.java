package org.sparkvae.job.data.source;

import java.util.ArrayList;
import java.util.List;

/** Cuts 0 .. n - 1 into ranges of about the same length, in order. */
public final class TaskRanges {
  private TaskRanges() {}

  /**
   * Cuts.
   *
   * @param count n
   * @param most ranges at most
   * @param least length of a range at least, unless n is less
   * @return pairs of first (inclusive) and end (exclusive)
   */
  public static List<long[]> cut(long count, int most, long least) {
    long pieces = Math.max(1, Math.min(most, count / Math.max(1, least)));
    List<long[]> ranges = new ArrayList<>();
    for (long piece = 0; piece < pieces; piece++) {
      ranges.add(new long[] {count * piece / pieces, count * (piece + 1) / pieces});
    }
    return ranges;
  }
}
