package org.sparkvae.job.papers;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a recipe came to here.
 *
 * @param name of the recipe
 * @param nll mean negative log p(x) of the test images, nats, as papers estimate it: a bound by so
 *     many samples, whether more would change it or not
 * @param standardError of that bound over the images; NaN where it is not known
 * @param samples importance samples per image; 0 where it was estimated in another way
 * @param activeUnits latent units that the images move
 * @param epochs trained
 * @param bestEpoch whose parameters were scored
 * @param trainingSeconds all epochs, over every start of the run
 * @param evaluationSeconds all test images at the speed of those that the last start scored; NaN
 *     where it scored none
 */
record Reproduction(
    String name,
    double nll,
    double standardError,
    long samples,
    long activeUnits,
    long epochs,
    long bestEpoch,
    double trainingSeconds,
    double evaluationSeconds) {

  /** Of a run's {@code summary.json}. */
  static Reproduction of(String name, JsonNode summary) {
    return new Reproduction(
        name,
        number(summary, "test_nll"),
        number(summary, "test_bound_standard_error"),
        summary.path("samples").asLong(),
        summary.path("active_units").asLong(),
        summary.path("epochs").asLong(),
        summary.path("model_epoch").asLong(),
        number(summary, "training_seconds"),
        number(summary, "test_images") / number(summary, "evaluation_images_per_second"));
  }

  private static double number(JsonNode summary, String key) {
    return summary.path(key).asDouble(Double.NaN);
  }
}
