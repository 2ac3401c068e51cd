package org.sparkvae.vae;

import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.ParameterLayout;

/**
 * The parts of a model, as a spec names them, and where their parameters lie.
 *
 * @param spec what the parts were made from
 * @param encoder the body from x
 * @param posterior q(z|x) on the encoder
 * @param prior p(z)
 * @param decoder the body from z
 * @param likelihood p(x|z) on the decoder
 */
record Vae(
    VaeSpec spec,
    Mlp encoder,
    DiagonalGaussian posterior,
    StandardNormal prior,
    Mlp decoder,
    Likelihood likelihood) {

  static Vae of(VaeSpec spec) {
    Mlp encoder = body("encoder", spec.pixels(), spec.encoder());
    Mlp decoder = body("decoder", spec.latent(), spec.decoder());
    return new Vae(
        spec,
        encoder,
        new DiagonalGaussian(encoder.outputs(), spec.latent()),
        new StandardNormal(),
        decoder,
        Likelihood.of(spec.likelihood(), decoder.outputs(), spec.pixels()));
  }

  /** The blocks: the encoder's, posterior.*, the decoder's, likelihood.*. */
  ParameterLayout layout() {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    encoder.declare(layout);
    posterior.declare(layout);
    decoder.declare(layout);
    likelihood.declare(layout);
    return layout.build();
  }

  private static Mlp body(String name, int inputs, NetworkSpec spec) {
    return new Mlp(name, inputs, spec.hidden(), spec.activation());
  }
}
