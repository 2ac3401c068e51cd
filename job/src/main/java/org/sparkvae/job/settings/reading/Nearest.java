package org.sparkvae.job.settings.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Predicate;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a wrong one was probably meant to be. */
final class Nearest {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /**
   * The known key nearest to a wrong one, by edits.
   *
   * <p>The right key in the wrong block counts as one edit away, and a wrong key without a block is
   * looked for in every block, so that {@code epoch} finds {@code training.epochs}. Ties go to the
   * key that is nearer as a whole, then to the alphabet.
   */
  static String key(String wrong, Collection<String> known) {
    return key(wrong, known, key -> false);
  }

  /**
   * The same, where ties go first to a key that is not unlikely.
   *
   * @param unlikely says so of a known key
   */
  static String key(String wrong, Collection<String> known, Predicate<String> unlikely) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(key -> distance(wrong, key))
                .thenComparing(unlikely::test)
                .thenComparingInt(key -> DISTANCE.apply(wrong, key))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static int distance(String wrong, String key) {
    int whole = DISTANCE.apply(wrong, key);
    String last = wrong.substring(wrong.lastIndexOf('.') + 1);
    int ofLast = DISTANCE.apply(last, key.substring(key.lastIndexOf('.') + 1));
    boolean anyBlock = ofLast == 0 || last.equals(wrong);
    return anyBlock ? Math.min(whole, 1 + ofLast) : whole;
  }
}
