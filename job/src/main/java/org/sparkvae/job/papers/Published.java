package org.sparkvae.job.papers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a paper tells of a recipe.
 *
 * @param paper that is cited
 * @param figure which of its figures
 * @param nll mean negative log p(x) of the test images by 5,000 importance samples, nats
 * @param activeUnits latent units that the images move; null where the paper does not tell
 */
record Published(
    @JsonProperty(required = true) String paper,
    @JsonProperty(required = true) String figure,
    @JsonProperty(required = true) double nll,
    @JsonProperty("active_units") Integer activeUnits) {

  /**
   * The figures of a file, by the recipe's name, in the file's order.
   *
   * @throws IOException where it cannot be read, or is no such file
   */
  static Map<String, Published> read(Path file) throws IOException {
    return new ObjectMapper()
        .readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Published>>() {});
  }
}
