package org.sparkvae.job.train;

/**
 * One of several parts of an array, as equal as they can be.
 *
 * @param from its first place
 * @param to the place after its last
 */
record Slice(int from, int to) {
  /** A part, from 0, of so many. */
  static Slice of(int length, int part, int parts) {
    return new Slice(
        (int) ((long) length * part / parts), (int) ((long) length * (part + 1) / parts));
  }

  int count() {
    return to - from;
  }
}
