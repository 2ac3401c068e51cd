package org.sparkvae.vae;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.LogVariances;
import org.sparkvae.prior.Amortised;
import org.sparkvae.prior.Prior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A ladder variational autoencoder: the variables are drawn from the topmost down, each from the
 * precision-weighted product of what the image says of it and what the variables above do (Sonderby
 * et al., "Ladder variational autoencoders", 2016, section 2.2).
 *
 * <p>The model is that of {@link Layered}: p(x, z) = p(zL) p(zL-1|zL) ... p(z1|z2) p(x|z1), all
 * conditionals diagonal Gaussians. The image goes up through features d1, d2, ..., each of which
 * gives a Gaussian message of its variable. q(zL|x) is its message, q(zl|zl+1, x) the normalised
 * product of its message and p(zl|zl+1). log w = log p(x, z) - log q(z|x), nats. The topmost
 * variable's KL term has a closed form where its prior's has; the others' are taken from the
 * samples. A prior that is made of posteriors is made of messages of zL. What belongs to an image
 * before anything is drawn are all its messages. There is no other family and no flow to choose:
 * the product is one of Gaussians.
 *
 * @param latent dimensions of z1
 * @param encoder the body from x to d1
 * @param logVariances which log-variances messages and conditionals may have
 * @param prior p(zL)
 * @param decoder the body from z1 to the likelihood's parameters
 * @param likelihood p(x|z1)
 * @param above the rungs from z2 on
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Ladder(
    @Setting(least = 1) int latent,
    Network encoder,
    @Setting(
            says = "Which log-variances the encoder's messages and the conditionals may have.",
            otherwise = "free")
        LogVariances logVariances,
    Prior prior,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "The rung above the first variable.", otherwise = "step") Rung above,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /** Checks the number of dimensions. */
  public Ladder {
    if (latent < 1) {
      throw new IllegalArgumentException("a rung needs at least 1 dimension, not " + latent);
    }
  }

  private DiagonalGaussian gaussian() {
    return new DiagonalGaussian(logVariances);
  }

  @Override
  public Optional<Contradiction> contradiction() {
    return prior
        .misfit(above.top(latent))
        .map(of -> of.in("prior").about("the topmost latent"))
        .map(of -> new Contradiction(of.setting(), of.says()))
        .or(() -> Vae.mismatch(prior, gaussian(), above.top(latent)));
  }

  @Override
  public int layers() {
    return 1 + above.layers();
  }

  /** The messages of all variables, from z1 on. */
  @Override
  public List<Matrix> posterior(Recorder recorder, Batch batch) {
    return messages(starting(recorder), batch.shape(), batch.images());
  }

  private List<Matrix> messages(Recorder recorder, Shape shape, Matrix x) {
    Matrix features = encoder.on(recorder.at("encoder"), shape, x);
    List<Matrix> messages =
        new ArrayList<>(gaussian().parameters(recorder.at("posterior"), features, latent));
    above.encode(recorder.at("above"), encoder.out(shape), features, gaussian(), messages);
    return messages;
  }

  @Override
  public Terms on(Recorder plain, Batch batch, List<Matrix> messages, Draws draws) {
    Recorder recorder = starting(plain);
    Descent descent =
        new Descent(
            gaussian(), draws, prior, recorder.at("prior"), top(recorder, batch.shape()), messages);
    Optional<Matrix> conditional = above.descend(recorder.at("above"), descent, 1, gaussian());
    Matrix z1 = descent.draw(recorder.at("posterior"), 0, conditional);
    Rows logLikelihood = given(recorder, z1, batch.shape()).logDensity(batch.images());
    return new Terms(logLikelihood, descent.latents());
  }

  /** The prior of the topmost variable, by its dimensions. */
  private IntFunction<Scorable> top(Recorder recorder, Shape x) {
    Amortised q = new Amortised(x.values(), images -> topmost(recorder, x, images));
    return dimensions -> prior.on(recorder.at("prior"), dimensions, q);
  }

  /** Records q(zL|x), which asks for no draw of another variable. */
  private Samplable topmost(Recorder recorder, Shape shape, Matrix x) {
    List<Matrix> messages = messages(recorder, shape, x);
    Matrix own = messages.get(messages.size() - 1);
    return gaussian().of(recorder.at("posterior"), List.of(own), above.top(latent));
  }

  /** Of no closed form where there is more than one rung. */
  @Override
  public Optional<Scorable> prior(Recorder plain, Shape x) {
    return above.layers() == 0
        ? Optional.of(top(starting(plain), x).apply(latent))
        : Optional.empty();
  }

  @Override
  public List<Matrix> draw(Recorder plain, Shape x, List<Matrix> kept) {
    Recorder recorder = starting(plain);
    return above.draw(recorder.at("above"), latent, gaussian(), top(recorder, x), kept);
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT, "a ladder variational autoencoder of %d stochastic layers", layers());
  }

  /** A prior is named where it is not the plain one. */
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
        Vae.unlikePlain(new DiagonalGaussian(), prior));
  }
}
