package org.sparkvae.job.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /**
   * As a JSON document for the run directory: {@code {"count": n, "listed": [{"source": ..,
   * "image": .., "reason": ..}, ..]}}.
   */
  public String json() {
    ObjectNode document = new ObjectMapper().createObjectNode().put("count", count);
    ArrayNode rows = document.putArray("listed");
    for (BadImage bad : listed) {
      rows.addObject()
          .put("source", bad.source())
          .put("image", bad.image())
          .put("reason", bad.reason());
    }
    return document.toPrettyString();
  }
}
