package org.sparkvae.job.settings;

import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.LikelihoodSpec;
import org.sparkvae.vae.NetworkSpec;
import org.sparkvae.vae.VaeSpec;

/**
 * The model, but for the number of pixels, which the data tells.
 *
 * @param latent dimensions of z
 * @param encoder the encoder's body
 * @param decoder the decoder's body
 * @param likelihood p(x|z)
 */
public record ModelSettings(
    @Setting(least = 1) int latent,
    NetworkSpec encoder,
    NetworkSpec decoder,
    LikelihoodSpec likelihood) {
  /** The whole model, for images of so many values. */
  public VaeSpec spec(int pixels) {
    return new VaeSpec(pixels, latent, encoder, decoder, likelihood);
  }
}
