package org.sparkvae.job.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The images that were left out: all counted, the first {@value #MOST_LISTED} listed. */
public final class BadImages implements Serializable {
  /** How many are listed at most. */
  public static final int MOST_LISTED = 10_000;

  /** No bad images. */
  public static final BadImages NONE = new BadImages(0, new ArrayList<>());

  private final long count;
  private final ArrayList<BadImage> listed;

  private BadImages(long count, ArrayList<BadImage> listed) {
    this.count = count;
    this.listed = listed;
  }

  /** So many, of which these are the first. */
  static BadImages of(long count, List<BadImage> listed) {
    return new BadImages(count, new ArrayList<>(listed));
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** The first of them, in the order of their sources. */
  public List<BadImage> listed() {
    return List.copyOf(listed);
  }

  /** These and one more. */
  BadImages plus(BadImage image) {
    return plus(new BadImages(1, new ArrayList<>(List.of(image))));
  }

  /** These, then others. */
  BadImages plus(BadImages others) {
    ArrayList<BadImage> both = new ArrayList<>(listed);
    int room = Math.min(MOST_LISTED - both.size(), others.listed.size());
    both.addAll(others.listed.subList(0, room));
    return new BadImages(count + others.count, both);
  }
}
