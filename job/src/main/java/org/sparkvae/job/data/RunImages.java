package org.sparkvae.job.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.SourceRole;

/**
 * What a run's images are like, kept in its directory so that later ones can be read without these.
 *
 * @param shape of every image
 * @param labelNames of all sets, sorted; empty where labels are numbers or absent
 * @param digests of the images of the sources for training and validation, in their order where
 *     that is kept; fewer in a run of a version that did not keep them
 */
public record RunImages(
    ImageShape shape, List<String> labelNames, Map<SourceRole, String> digests) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunImages {
    labelNames = List.copyOf(labelNames);
    digests = Map.copyOf(digests);
  }

  /**
   * As a JSON document for the run directory: {@code {"width": w, "height": h, "channels": c,
   * "label_names": [..], "digests": {"training": "..", "validation": ".."}}}.
   */
  public String json() {
    ObjectNode document =
        JSON.createObjectNode()
            .put("width", shape.width())
            .put("height", shape.height())
            .put("channels", shape.channels());
    ArrayNode names = document.putArray("label_names");
    labelNames.forEach(names::add);
    ObjectNode digestOf = document.putObject("digests");
    new TreeMap<>(digests).forEach((role, digest) -> digestOf.put(role.toString(), digest));
    return document.toPrettyString();
  }

  /** Reads {@link #json}; of another text, nothing. */
  public static Optional<RunImages> parse(String json) {
    JsonNode document;
    try {
      document = JSON.readTree(json);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    int width = document.path("width").asInt();
    int height = document.path("height").asInt();
    int channels = document.path("channels").asInt();
    if (!ImageShape.isSane(width, height, channels)) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    document.path("label_names").forEach(name -> names.add(name.asText()));
    names.sort(null);
    Map<SourceRole, String> digests = new EnumMap<>(SourceRole.class);
    for (SourceRole role : SourceRole.values()) {
      String digest = document.path("digests").path(role.toString()).asText();
      if (!digest.isEmpty()) {
        digests.put(role, digest);
      }
    }
    return Optional.of(new RunImages(new ImageShape(width, height, channels), names, digests));
  }
}
