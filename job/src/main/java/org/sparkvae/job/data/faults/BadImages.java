package org.sparkvae.job.data.faults;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The images that were left out: all counted, by what is wrong with them, the first {@value
 * #MOST_LISTED} listed.
 */
public final class BadImages implements Serializable {
  /** How many are listed at most. */
  public static final int MOST_LISTED = 10_000;

  public static final BadImages NONE = new BadImages(0, KindCounts.NONE, new ArrayList<>());

  private final long count;
  private final KindCounts kinds;
  private final ArrayList<BadImage> listed;

  private BadImages(long count, KindCounts kinds, ArrayList<BadImage> listed) {
    this.count = count;
    this.kinds = kinds;
    this.listed = listed;
  }

  /**
   * So many, of which these are the first.
   *
   * @param kinds where they are known
   */
  public static BadImages of(long count, KindCounts kinds, List<BadImage> listed) {
    return new BadImages(count, kinds, new ArrayList<>(listed));
  }

  public static BadImages one(String kind, BadImage image) {
    return of(1, KindCounts.one(kind), List.of(image));
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** How many there are of each kind; of none, where an earlier version counted them. */
  public KindCounts kinds() {
    return kinds;
  }

  /** The first of them, in the order of their sources. */
  public List<BadImage> listed() {
    return List.copyOf(listed);
  }

  /** The same, of which at most so many are listed. */
  public BadImages listing(int most) {
    return of(count, kinds, listed.subList(0, Math.min(most, listed.size())));
  }

  /** These, then others. */
  public BadImages plus(BadImages others) {
    ArrayList<BadImage> both = new ArrayList<>(listed);
    int room = Math.min(MOST_LISTED - both.size(), others.listed.size());
    both.addAll(others.listed.subList(0, room));
    return new BadImages(count + others.count, kinds.plus(others.kinds), both);
  }

  /**
   * For the middle of an error that may follow from their being left out, as in {@code (2 bad
   * images were left out: 1 empty, 1 null)} after a space; nothing where there are none.
   */
  public String aside() {
    if (count == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        " (%,d bad image%s left out: %s)",
        count,
        count == 1 ? " was" : "s were",
        kinds);
  }
}
