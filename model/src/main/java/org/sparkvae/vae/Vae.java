package org.sparkvae.vae;

import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Mlp;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.ParameterLayout;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * The wiring of a model: what training, scoring, encoding and pictures are recorded from.
 *
 * @param spec which parts it has
 */
record Vae(VaeSpec spec) {

  /**
   * Records the terms of log w.
   *
   * @param x images, [images, pixels]
   */
  Terms on(Recorder recorder, Matrix x) {
    DiagonalGaussian posterior = encode(recorder, x);
    Matrix noise = recorder.normal(spec.latent());
    Matrix z = posterior.sample(noise);
    StandardNormal prior = new StandardNormal(recorder.at("prior"));
    Rows kl = prior.kl(posterior);
    Rows logPrior = prior.logDensity(z);
    Rows logPosterior = posterior.logDensity(noise);
    Rows logLikelihood = decode(recorder, z).logDensity(x);
    return new Terms(noise, posterior, kl, logPrior, logPosterior, logLikelihood);
  }

  /** Records q(z|x): x [images, pixels]. */
  DiagonalGaussian encode(Recorder recorder, Matrix x) {
    Matrix features = body(spec.encoder()).on(recorder.at("encoder"), x);
    return DiagonalGaussian.given(recorder.at("posterior"), features, spec.latent());
  }

  /** Records p(x|z): z [rows, latent]. */
  Likelihood decode(Recorder recorder, Matrix z) {
    Matrix features = body(spec.decoder()).on(recorder.at("decoder"), z);
    return Likelihood.given(spec.likelihood(), recorder.at("likelihood"), features, spec.pixels());
  }

  /** Where its parameters lie, whatever is recorded of it: in the order of {@link #on}. */
  ParameterLayout layout() {
    Recorder recorder = new Recorder(1, 1);
    on(recorder, recorder.constant(1, spec.pixels()));
    return recorder.layout();
  }

  private static Mlp body(NetworkSpec spec) {
    return new Mlp(spec.hidden(), spec.activation());
  }
}
