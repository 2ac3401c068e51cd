package org.sparkvae.job.settings;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a wrong one was probably meant to be. */
final class Nearest {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /**
   * The known key nearest to a wrong one.
   *
   * <p>A key that is right but for its block counts as one edit away, so that {@code epochs} finds
   * {@code training.epochs}; then the whole key decides, then the alphabet.
   */
  static String key(String wrong, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(
                    key ->
                        Math.min(
                            DISTANCE.apply(wrong, key),
                            1 + DISTANCE.apply(lastPart(wrong), lastPart(key))))
                .thenComparingInt(key -> DISTANCE.apply(wrong, key))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
