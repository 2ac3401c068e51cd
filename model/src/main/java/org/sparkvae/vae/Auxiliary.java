package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Names;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.prior.Amortised;
import org.sparkvae.prior.Prior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * An auxiliary deep generative model: z's posterior is an integral over an auxiliary variable a,
 * which the image does not depend on, and so may have any shape (Maaloe et al., "Auxiliary deep
 * generative models", 2016, section 2.1).
 *
 * <p>p(x, z, a) = p(z) p(x|z) p(a|z, x) and q(z, a|x) = q(a|x) q(z|a, x). log w = log p(x, z, a) -
 * log q(z, a|x), nats, whose mean weight is p(x): a integrates to one. p(a|z, x) is a diagonal
 * Gaussian. Both KL terms are taken from the samples. What belongs to an image before anything is
 * drawn are the parameters of q(a|x).
 *
 * @param latent dimensions of z
 * @param encoder the body from x and a side by side to the parameters of z's posterior
 * @param posterior the family of q(z|a, x)
 * @param prior p(z)
 * @param decoder the body from z to the likelihood's parameters
 * @param likelihood p(x|z)
 * @param auxiliary what a has of its own
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Auxiliary(
    @Setting(least = 1) int latent,
    Network encoder,
    Posterior posterior,
    Prior prior,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "What the auxiliary variable a has of its own.") Variable auxiliary,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /**
   * What a has of its own.
   *
   * @param latent dimensions of a
   * @param encoder the body from x to the parameters of a's posterior
   * @param posterior the family of q(a|x)
   * @param decoder the body from x and z side by side to the mean and log-variance of p(a|z, x)
   * @param conditional p(a|z, x)
   */
  public record Variable(
      @Setting(says = "Dimensions of a.", otherwise = "50", least = 1) int latent,
      @Setting(says = "The body from the image to a's posterior.", otherwise = "mlp")
          Network encoder,
      @Setting(
              says = "The family of posteriors of a, given the image.",
              otherwise = "diagonal-gaussian")
          Posterior posterior,
      @Setting(
              says = "The body from the image and z, side by side, to a's mean and log-variance.",
              otherwise = "mlp")
          Network decoder,
      @Setting(says = "The Gaussian of a, given the image and z.") DiagonalGaussian conditional)
      implements Serializable {
    /** Checks the number of dimensions. */
    public Variable {
      if (latent < 1) {
        throw new IllegalArgumentException(
            "the auxiliary variable needs at least 1 dimension, not " + latent);
      }
    }
  }

  /** Checks the number of dimensions. */
  public Auxiliary {
    if (latent < 1) {
      throw new IllegalArgumentException("z needs at least 1 dimension, not " + latent);
    }
  }

  @Override
  public Optional<Contradiction> contradiction() {
    if (prior.asksForPosterior()) {
      return Optional.of(
          new Contradiction(
              "prior.type",
              ("is %s, which is made of posteriors of images, but z's is an integral over a, without a"
                      + " closed form; choose another prior")
                  .formatted(Names.of(prior.getClass()))));
    }
    return posterior
        .misfit(latent)
        .map(of -> of.in("posterior"))
        .or(
            () ->
                auxiliary
                    .posterior()
                    .misfit(auxiliary.latent())
                    .map(of -> of.in("auxiliary.posterior").about("model.auxiliary.latent")))
        .or(() -> prior.misfit(latent).map(of -> of.in("prior")))
        .map(of -> new Contradiction(of.setting(), of.says()))
        .or(
            () ->
                Contradiction.ofBits(
                    "auxiliary.posterior.type", auxiliary.posterior(), "a, given x and z,"))
        .or(() -> Vae.mismatch(prior, posterior, latent));
  }

  @Override
  public int layers() {
    return 2;
  }

  /** Those of a. */
  @Override
  public List<Matrix> posterior(Recorder plain, Batch batch) {
    Recorder recorder = starting(plain).at("auxiliary");
    Matrix features = auxiliary.encoder().on(recorder.at("encoder"), batch.shape(), batch.images());
    return auxiliary.posterior().parameters(recorder.at("posterior"), features, auxiliary.latent());
  }

  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return auxiliary.posterior().movable(parameters);
  }

  @Override
  public Terms on(Recorder plain, Batch batch, List<Matrix> parameters, Draws draws) {
    Recorder recorder = starting(plain);
    Recorder ofAuxiliary = recorder.at("auxiliary");
    Inferred a =
        Inferred.of(
            ofAuxiliary.at("posterior"),
            auxiliary.posterior(),
            parameters,
            auxiliary.latent(),
            draws);
    Matrix features = beside(recorder.at("encoder"), encoder, batch.images(), a.drawn().value());
    Recorder own = recorder.at("posterior");
    Inferred z =
        Inferred.of(own, posterior, posterior.parameters(own, features, latent), latent, draws);
    Matrix code = z.drawn().value();
    Rows logPrior = scored(recorder, batch.shape()).logDensity(code);
    Matrix ofBoth = beside(ofAuxiliary.at("decoder"), auxiliary.decoder(), batch.images(), code);
    Samplable conditional =
        auxiliary.conditional().given(ofAuxiliary.at("conditional"), ofBoth, auxiliary.latent());
    Rows logConditional = conditional.logDensityOf(a.drawn().value()).orElseThrow();
    Rows logLikelihood = given(recorder, code, batch.shape()).logDensity(batch.images());
    return new Terms(
        logLikelihood, List.of(z.bySamples("z", logPrior), a.bySamples("a", logConditional)));
  }

  /** Records the features of images and draws, side by side. */
  private static Matrix beside(Recorder recorder, Network network, Matrix images, Matrix draws) {
    Matrix both = recorder.sideBySide(List.of(images, draws));
    return network.on(recorder, Shape.vector(both.columns()), both);
  }

  private Scorable scored(Recorder recorder, Shape shape) {
    return prior.on(recorder.at("prior"), latent, Amortised.none(shape.values()));
  }

  @Override
  public Optional<Scorable> prior(Recorder plain, Shape x) {
    return Optional.of(scored(starting(plain), x));
  }

  @Override
  public String title() {
    return "an auxiliary deep generative model";
  }

  /** The way to a, to z, and to the image. */
  @Override
  public String summary(Shape x) {
    return String.format(
        Locale.ROOT,
        "%d%s-a%d%s-z%d%s-%d, %s%s",
        x.values(),
        auxiliary.encoder().widths(),
        auxiliary.latent(),
        encoder.widths(),
        latent,
        decoder.widths(),
        x.values(),
        likelihood.getClass().getSimpleName(),
        Vae.unlikePlain(posterior, prior));
  }
}
