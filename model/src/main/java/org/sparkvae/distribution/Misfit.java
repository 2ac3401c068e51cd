package org.sparkvae.distribution;

/**
 * Why a part has no member of so many dimensions.
 *
 * @param setting the one of its own at fault, as "rows"
 * @param says what is wrong with it, as the rest of a sentence
 */
public record Misfit(String setting, String says) {
  /** The same, of the setting in a block. */
  public Misfit in(String block) {
    return new Misfit(block + "." + setting, says);
  }

  /** The same of dimensions that are not the model's own, as "model.top.latent". */
  public Misfit about(String latent) {
    return new Misfit(setting, says.replace("model.latent", latent));
  }
}
