package org.sparkvae.dl4j;

import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The model of checkpoints that were written when every model was a VAE of perceptrons, a diagonal
 * Gaussian posterior and a standard normal prior, and an image was so many pixels.
 */
final class EarlierModel {
  private static final String TYPE = "type";

  private EarlierModel() {}

  /**
   * As it is written today.
   *
   * @param vae with the fields pixels, latent, encoder, decoder and likelihood; changed
   */
  static JsonNode upgraded(ObjectNode vae) {
    ObjectNode upgraded = vae.objectNode();
    upgraded
        .putObject("x")
        .put("height", 1)
        .put("width", vae.remove("pixels").intValue())
        .put("channels", 1);
    for (String network : new String[] {"encoder", "decoder"}) {
      ((ObjectNode) vae.required(network)).put(TYPE, "mlp");
    }
    vae.put(TYPE, "vae");
    vae.putObject("posterior").put(TYPE, "diagonal-gaussian");
    vae.putObject("prior").put(TYPE, "standard-normal");
    upgraded.set("model", vae);
    return upgraded;
  }
}
