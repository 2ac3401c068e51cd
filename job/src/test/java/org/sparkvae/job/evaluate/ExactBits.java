package org.sparkvae.job.evaluate;

import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** Comparing numbers bit for bit, where AssertJ's own way allows for rounding. */
final class ExactBits {
  private ExactBits() {}

  /** For a comparison field by field. */
  static RecursiveComparisonConfiguration everywhere() {
    RecursiveComparisonConfiguration exact = new RecursiveComparisonConfiguration();
    exact.registerEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class);
    exact.registerEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class);
    return exact;
  }
}
