package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Names;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Amortised;
import org.sparkvae.prior.Prior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A variational autoencoder of several stochastic layers, each of which is encoded from the one
 * below it, and decoded from the one above it (Burda et al., "Importance weighted autoencoders",
 * 2016, eq. 1 and 4, and section 5).
 *
 * <p>p(x, z) = p(zL) p(zL-1|zL) ... p(z1|z2) p(x|z1) and q(z|x) = q(z1|x) q(z2|z1) ... q(zL|zL-1).
 * log w = log p(x, z) - log q(z|x), nats. All p(zl|zl+1) are diagonal Gaussians, [samples * images,
 * latent], or independent bits where q(zl|zl-1) is of bits: a sigmoid belief network is one of bits
 * throughout, whose networks have no hidden layers (Neal, "Connectionist learning of belief
 * networks", 1992). No KL term has a closed form: each is taken from the samples.
 *
 * <p>What belongs to an image before anything is drawn are the parameters of q(z1|x) alone, and z1
 * is its code. The density of z1 is an integral over the layers above.
 *
 * @param latent dimensions of z1
 * @param encoder the body from x to the parameters of z1's posterior
 * @param posterior the family of q(z1|x)
 * @param prior p(zL)
 * @param decoder the body from z1 to the likelihood's parameters
 * @param likelihood p(x|z1)
 * @param above the stochastic layers from z2 on
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Layered(
    @Setting(least = 1) int latent,
    Network encoder,
    Posterior posterior,
    Prior prior,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "The stochastic layer above the first.", otherwise = "layer") Above above,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /** Checks the number of dimensions. */
  public Layered {
    if (latent < 1) {
      throw new IllegalArgumentException(
          "a stochastic layer needs at least 1 dimension, not " + latent);
    }
  }

  @Override
  public Optional<Contradiction> contradiction() {
    if (prior.asksForPosterior()) {
      return Optional.of(
          new Contradiction(
              "prior.type",
              String.format(
                  Locale.ROOT,
                  "is %s, which is made of posteriors of images, but that of the topmost of %d"
                      + " stochastic layers is an integral over those below, without a closed form;"
                      + " choose another prior",
                  Names.of(prior.getClass()),
                  layers())));
    }
    return posterior
        .misfit(latent)
        .map(of -> of.in("posterior"))
        .or(() -> above.misfit().map(of -> of.in("above")))
        .or(
            () ->
                prior
                    .misfit(above.top(latent))
                    .map(of -> of.in("prior").about("the topmost latent")))
        .map(of -> new Contradiction(of.setting(), of.says()))
        .or(() -> Vae.mismatch(prior, above.topmost(posterior), above.top(latent)));
  }

  @Override
  public int layers() {
    return 1 + above.layers();
  }

  /** Those of z1. */
  @Override
  public List<Matrix> posterior(Recorder plain, Batch batch) {
    Recorder recorder = starting(plain);
    Matrix features = encoder.on(recorder.at("encoder"), batch.shape(), batch.images());
    return posterior.parameters(recorder.at("posterior"), features, latent);
  }

  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return posterior.movable(parameters);
  }

  @Override
  public Terms on(Recorder plain, Batch batch, List<Matrix> parameters, Draws draws) {
    Recorder recorder = starting(plain);
    Inferred z = Inferred.of(recorder.at("posterior"), posterior, parameters, latent, draws);
    Matrix code = z.drawn().value();
    IntFunction<Scorable> top = top(recorder, batch.shape());
    List<Latent> latents = new ArrayList<>();
    Rows logPrior = above.logDensity(recorder.at("above"), code, posterior, draws, top, latents);
    latents.add(0, z.bySamples("z1", logPrior));
    Rows logLikelihood = given(recorder, code, batch.shape()).logDensity(batch.images());
    return new Terms(logLikelihood, latents);
  }

  /** The prior of the topmost variable, by its dimensions. */
  private IntFunction<Scorable> top(Recorder recorder, Shape x) {
    return dimensions -> prior.on(recorder.at("prior"), dimensions, Amortised.none(x.values()));
  }

  /** Of no closed form where there is more than one layer. */
  @Override
  public Optional<Scorable> prior(Recorder plain, Shape x) {
    return above.layers() == 0
        ? Optional.of(top(starting(plain), x).apply(latent))
        : Optional.empty();
  }

  @Override
  public List<Matrix> draw(Recorder plain, Shape x, List<Matrix> kept) {
    Recorder recorder = starting(plain);
    return above.draw(recorder.at("above"), latent, posterior, top(recorder, x), kept);
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT, "a variational autoencoder of %d stochastic layers", layers());
  }

  /** A posterior of z1 and a prior are named where they are not the plain ones. */
  @Override
  public String summary(Shape x) {
    return String.format(
        Locale.ROOT,
        "%d%s-z%d%s%s-%d, %s%s",
        x.values(),
        encoder.widths(),
        latent,
        above.summary(latent),
        decoder.widths(),
        x.values(),
        likelihood.getClass().getSimpleName(),
        Vae.unlikePlain(posterior, prior));
  }
}
