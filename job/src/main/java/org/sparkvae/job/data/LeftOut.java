package org.sparkvae.job.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkvae.job.data.faults.BadImage;
import org.sparkvae.job.data.faults.BadImages;
import org.sparkvae.job.data.faults.KindCounts;
import org.sparkvae.job.data.source.SourceRole;

/**
 * The bad images of each source that was read, of which a run keeps one list for all its starts.
 *
 * @param sources what was left out of each, nothing included; a source that was not read is missing
 */
public record LeftOut(Map<SourceRole, BadImages> sources) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the map, in the order of the roles. */
  public LeftOut {
    Map<SourceRole, BadImages> ordered = new EnumMap<>(SourceRole.class);
    ordered.putAll(sources);
    sources = Collections.unmodifiableMap(ordered);
  }

  /** All of them, of training, validation and test in this order. */
  public BadImages all() {
    return sources.values().stream().reduce(BadImages.NONE, BadImages::plus);
  }

  /** These, and those of an earlier start's sources that were not read in this one. */
  public LeftOut over(LeftOut earlier) {
    Map<SourceRole, BadImages> both = new EnumMap<>(SourceRole.class);
    both.putAll(earlier.sources);
    both.putAll(sources);
    return new LeftOut(both);
  }

  /**
   * As a JSON document for the run directory: {@code {"count": n, "counts": {"training": n, ..},
   * "kinds": {"training": {"empty": n, ..}, ..}, "listed": [{"set": "training", "source": ..,
   * "image": .., "reason": ..}, ..]}}, at most {@value BadImages#MOST_LISTED} listed of a source.
   */
  public String json() {
    ObjectNode document = JSON.createObjectNode().put("count", all().count());
    ObjectNode counts = document.putObject("counts");
    ObjectNode kinds = document.putObject("kinds");
    ArrayNode rows = document.putArray("listed");
    sources.forEach(
        (role, bad) -> {
          counts.put(role.toString(), bad.count());
          ObjectNode ofRole = kinds.putObject(role.toString());
          bad.kinds().counts().forEach(ofRole::put);
          bad.listed().forEach(image -> write(rows.addObject(), role, image));
        });
    return document.toPrettyString();
  }

  /** Reads {@link #json}; of another text, nothing. */
  public static LeftOut parse(String json) {
    Map<SourceRole, BadImages> sources = new EnumMap<>(SourceRole.class);
    JsonNode document = tree(json);
    for (SourceRole role : SourceRole.values()) {
      JsonNode count = document.path("counts").path(role.toString());
      if (count.isIntegralNumber()) {
        sources.put(
            role, BadImages.of(count.longValue(), kinds(document, role), listed(document, role)));
      }
    }
    return new LeftOut(sources);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      // The list is for people: a damaged one stops no run.
      return MissingNode.getInstance();
    }
  }

  private static KindCounts kinds(JsonNode document, SourceRole role) {
    Map<String, Long> counts = new HashMap<>();
    document
        .path("kinds")
        .path(role.toString())
        .fields()
        .forEachRemaining(kind -> counts.put(kind.getKey(), kind.getValue().asLong()));
    return KindCounts.of(counts);
  }

  private static List<BadImage> listed(JsonNode document, SourceRole role) {
    List<BadImage> images = new ArrayList<>();
    for (JsonNode row : document.path("listed")) {
      if (row.path("set").asText().equals(role.toString())) {
        images.add(
            new BadImage(
                row.path("source").asText(),
                row.path("image").asText(),
                row.path("reason").asText()));
      }
    }
    return images;
  }

  private static void write(ObjectNode row, SourceRole role, BadImage image) {
    row.put("set", role.toString())
        .put("source", image.source())
        .put("image", image.image())
        .put("reason", image.reason());
  }
}
