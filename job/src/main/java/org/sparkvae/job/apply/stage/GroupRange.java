package org.sparkvae.job.apply.stage;

import java.io.Serializable;

/**
 * Consecutive groups of items.
 *
 * @param from the first
 * @param to behind the last
 */
record GroupRange(int from, int to) implements Serializable {
  /** One of several parts of nearly equal numbers of groups. */
  static GroupRange part(int number, int parts, int groups) {
    return new GroupRange(cut(number, parts, groups), cut(number + 1, parts, groups));
  }

  int count() {
    return to - from;
  }

  /** Which of several parts of this range a group is in. */
  int partOf(int group, int parts) {
    int part = (int) ((long) (group - from) * parts / count());
    // Division rounds down, and a cut does: the part is this one or the next.
    return from + cut(part + 1, parts, count()) <= group ? part + 1 : part;
  }

  private static int cut(int part, int parts, int groups) {
    return (int) ((long) part * groups / parts);
  }
}
