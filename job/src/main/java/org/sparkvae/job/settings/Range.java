package org.sparkvae.job.settings;

import java.util.function.DoublePredicate;

/**
 * Which numbers a setting may be; never one that is infinite or not a number.
 *
 * @param text as it ends "must be a number"
 * @param holds whether a finite number is in it
 */
record Range(String text, DoublePredicate holds) {
  static final Range ABOVE_ZERO = new Range("above 0", v -> v > 0);
  static final Range AT_LEAST_ZERO = new Range("of at least 0", v -> v >= 0);
  static final Range FRACTION = new Range("from 0 to 1", v -> v >= 0 && v <= 1);
  static final Range PROPER_FRACTION = new Range("of at least 0 and below 1", v -> v >= 0 && v < 1);

  boolean contains(double value) {
    return Double.isFinite(value) && holds.test(value);
  }
}
