package org.sparkvae.importance;

import java.io.Serializable;

/**
 * The importance-weighted bound at k samples, as far as a range of consecutive samples tells: its
 * complete groups of k, and the incomplete ones at its two ends.
 *
 * <p>Group g holds samples g k .. (g + 1) k - 1 of the whole stream, wherever the range lies, so
 * that ranges can be joined whether or not k divides their length.
 */
final class SampleGroups implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long size;
  private final boolean boundary;
  private final LogSum head;
  private final double bounds;
  private final long groups;
  private final LogSum tail;

  /**
   * @param size k, samples per group
   * @param boundary whether the range begins at, ends at or crosses a multiple of k
   * @param head the samples before the first multiple of k, all where there is none
   * @param bounds sum over the complete groups of logsumexp - log k
   * @param groups how many complete groups
   * @param tail the samples from the last multiple of k on
   */
  private SampleGroups(
      long size, boolean boundary, LogSum head, double bounds, long groups, LogSum tail) {
    this.size = size;
    this.boundary = boundary;
    this.head = head;
    this.bounds = bounds;
    this.groups = groups;
    this.tail = tail;
  }

  /**
   * The groups of one range.
   *
   * @param size k, samples per group
   * @param from the range's first sample
   * @param segments the sums of the range's parts in each group it meets, in order
   */
  static SampleGroups of(long size, long from, LogSum[] segments) {
    LogSum head = LogSum.EMPTY;
    LogSum tail = LogSum.EMPTY;
    double bounds = 0;
    long groups = 0;
    int first = 0;
    if (from % size != 0) {
      head = segments[0];
      first = 1;
    }
    for (int i = first; i < segments.length; i++) {
      if (segments[i].count() == size) {
        bounds += segments[i].logMean();
        groups++;
      } else {
        tail = segments[i];
      }
    }
    boolean boundary = (from + head.count()) % size == 0;
    return new SampleGroups(size, boundary, head, bounds, groups, tail);
  }

  /** The groups of this range and the one right after it, joined. */
  SampleGroups plus(SampleGroups next) {
    if (!boundary) {
      LogSum joined = head.plus(next.head);
      return new SampleGroups(size, next.boundary, joined, next.bounds, next.groups, next.tail);
    }
    LogSum middle = tail.plus(next.head);
    if (!next.boundary) {
      return new SampleGroups(size, true, head, bounds, groups, middle);
    }
    if (middle.count() == 0) {
      return new SampleGroups(
          size, true, head, bounds + next.bounds, groups + next.groups, next.tail);
    }
    return new SampleGroups(
        size,
        true,
        head,
        bounds + middle.logMean() + next.bounds,
        groups + 1 + next.groups,
        next.tail);
  }

  /** k, samples per group. */
  long size() {
    return size;
  }

  /** The mean over the complete groups of logsumexp - log k, nats. */
  double bound() {
    return bounds / groups;
  }
}
