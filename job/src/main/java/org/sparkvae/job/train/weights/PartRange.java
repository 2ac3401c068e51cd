package org.sparkvae.job.train.weights;

/**
 * One of several parts of an array, as equal as they can be.
 *
 * @param from its first place
 * @param to the place after its last
 */
record PartRange(int from, int to) {
  /** A part, from 0, of so many. */
  static PartRange of(int length, int part, int parts) {
    return new PartRange(
        (int) ((long) length * part / parts), (int) ((long) length * (part + 1) / parts));
  }

  int count() {
    return to - from;
  }
}
