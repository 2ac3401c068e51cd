package org.sparkvae.vae;

import java.io.Serializable;
import org.sparkvae.likelihood.LikelihoodSpec;

/**
 * Which parts a variational autoencoder is made of; together with a parameter vector, the whole
 * model.
 *
 * @param pixels values per image
 * @param latent dimensions of z
 * @param encoder the body from x to the posterior's parameters
 * @param decoder the body from z to the likelihood's parameters
 * @param likelihood p(x|z)
 */
public record VaeSpec(
    int pixels, int latent, NetworkSpec encoder, NetworkSpec decoder, LikelihoodSpec likelihood)
    implements Serializable {
  /** Checks the sizes. */
  public VaeSpec {
    if (pixels < 1 || latent < 1) {
      throw new IllegalArgumentException(
          "a VAE needs at least 1 pixel and 1 latent dimension, not " + pixels + " and " + latent);
    }
  }
}
