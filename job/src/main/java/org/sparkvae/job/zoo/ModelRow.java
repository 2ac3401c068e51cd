package org.sparkvae.job.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * What a model came to, as its run's {@code summary.json} tells; what is not known is null.
 *
 * @param model its name
 * @param likelihoodOf what log p(x) is the logarithm of, in words; null where it was not scored
 * @param nll mean negative log p(x) of the test images, nats
 * @param standardError of that; null where some image's estimate cannot be trusted
 * @param bitsPerDimension the same in bits per value of an image
 * @param images scored
 * @param reliable how many of their estimates can be trusted
 * @param samples importance samples per image
 * @param kl mean KL term of the bound, nats
 * @param activeUnits latent units that the images move
 * @param latentUnits all of them
 * @param epochs trained
 * @param trainingRate images per second
 * @param parameters of the model
 */
record ModelRow(
    String model,
    String likelihoodOf,
    Double nll,
    Double standardError,
    Double bitsPerDimension,
    Long images,
    Long reliable,
    Long samples,
    Double kl,
    Long activeUnits,
    Long latentUnits,
    Long epochs,
    Double trainingRate,
    Long parameters) {

  static ModelRow of(String model, JsonNode summary) {
    boolean scored = summary.path("test_nll").isNumber();
    String of = summary.path("log_likelihood_of").asText("something that the run does not tell");
    return new ModelRow(
        model,
        scored ? of : null,
        number(summary, "test_nll", JsonNode::doubleValue),
        number(summary, "test_nll_standard_error", JsonNode::doubleValue),
        number(summary, "bits_per_dimension", JsonNode::doubleValue),
        number(summary, "test_images", JsonNode::longValue),
        number(summary, "reliable_images", JsonNode::longValue),
        number(summary, "samples", JsonNode::longValue),
        number(summary, "test_kl", JsonNode::doubleValue),
        number(summary, "active_units", JsonNode::longValue),
        number(summary, "latent_units", JsonNode::longValue),
        number(summary, "epochs", JsonNode::longValue),
        number(summary, "training_images_per_second", JsonNode::doubleValue),
        number(summary, "parameters", JsonNode::longValue));
  }

  boolean isScored() {
    return nll != null;
  }

  /** Whether some estimate's error is not known, and the NLL an upper bound in expectation. */
  boolean isUpperBound() {
    return reliable != null && reliable < images;
  }

  private static <T> T number(JsonNode summary, String key, Function<JsonNode, T> read) {
    JsonNode value = summary.path(key);
    return value.isNumber() ? read.apply(value) : null;
  }
}
