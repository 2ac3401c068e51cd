package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
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
 * A hierarchical variational autoencoder of two latent variables, both of which the image is
 * decoded from (Tomczak & Welling, "VAE with a VampPrior", 2018, section 4).
 *
 * <p>p(x, z1, z2) = p(z2) p(z1|z2) p(x|z1, z2) and q(z1, z2|x) = q(z2|x) q(z1|x, z2). log w = log
 * p(x, z1, z2) - log q(z1, z2|x), nats. p(z1|z2) is a diagonal Gaussian, [samples * images,
 * latent]; z1's KL term is taken from the samples. The code of an image is z1 and z2 side by side.
 *
 * @param latent dimensions of z1
 * @param encoder the body from x on the way to z1
 * @param joint the body from x's features and z2's side by side to the parameters of z1's posterior
 * @param posterior the family of q(z1|x, z2)
 * @param prior p(z2)
 * @param body the body from z1 on the way to x
 * @param decoder the body from z1's features and z2's side by side to the likelihood's parameters
 * @param likelihood p(x|z1, z2)
 * @param top what z2 has of its own
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Hvae(
    @Setting(least = 1) int latent,
    Network encoder,
    @Setting(
            says = "The body from the image's features and z2's, side by side, to z1's posterior.",
            otherwise = "mlp")
        Network joint,
    Posterior posterior,
    Prior prior,
    @Setting(says = "The body from z1 on the way to the image.", otherwise = "mlp") Network body,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "What the upper variable, z2, has of its own.") Top top,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /**
   * What z2 has of its own.
   *
   * @param latent dimensions of z2
   * @param encoder the body from x to the parameters of z2's posterior
   * @param posterior the family of q(z2|x)
   * @param toPosterior the body from z2 on the way to z1's posterior
   * @param decoder the body from z2 to the mean and log-variance of p(z1|z2)
   * @param conditional p(z1|z2)
   * @param toImage the body from z2 on the way to x
   */
  public record Top(
      @Setting(says = "Dimensions of z2.", otherwise = "50", least = 1) int latent,
      @Setting(says = "The body from the image to z2's posterior.", otherwise = "mlp")
          Network encoder,
      @Setting(
              says = "The family of posteriors of z2, given the image.",
              otherwise = "diagonal-gaussian")
          Posterior posterior,
      @Setting(says = "The body from z2 on the way to z1's posterior.", otherwise = "mlp")
          Network toPosterior,
      @Setting(says = "The body from z2 to z1's mean and log-variance.", otherwise = "mlp")
          Network decoder,
      @Setting(says = "The Gaussian of z1, given z2.") DiagonalGaussian conditional,
      @Setting(says = "The body from z2 on the way to the image.", otherwise = "mlp")
          Network toImage)
      implements Serializable {
    /** Checks the number of dimensions. */
    public Top {
      if (latent < 1) {
        throw new IllegalArgumentException("z2 needs at least 1 dimension, not " + latent);
      }
    }
  }

  /** Checks the number of dimensions. */
  public Hvae {
    if (latent < 1) {
      throw new IllegalArgumentException("z1 needs at least 1 dimension, not " + latent);
    }
  }

  @Override
  public Optional<Contradiction> contradiction() {
    return posterior
        .misfit(latent)
        .map(of -> of.in("posterior"))
        .or(() -> top.posterior().misfit(top.latent()).map(of -> ofTop(of, "top.posterior")))
        .or(() -> prior.misfit(top.latent()).map(of -> ofTop(of, "prior")))
        .map(of -> new Contradiction(of.setting(), of.says()))
        .or(this::ofBits)
        .or(() -> Vae.mismatch(prior, top.posterior(), top.latent()));
  }

  private static Misfit ofTop(Misfit misfit, String block) {
    return misfit.in(block).about("model.top.latent");
  }

  private Optional<Contradiction> ofBits() {
    return Contradiction.ofBits("posterior.type", posterior, "z1, given z2,");
  }

  @Override
  public int layers() {
    return 2;
  }

  @Override
  public int codeLength() {
    return latent + top.latent();
  }

  /** Those of z2. */
  @Override
  public List<Matrix> posterior(Recorder recorder, Batch batch) {
    return posterior(starting(recorder).at("top"), batch.shape(), batch.images());
  }

  private List<Matrix> posterior(Recorder recorder, Shape shape, Matrix x) {
    Matrix features = top.encoder().on(recorder.at("encoder"), shape, x);
    return top.posterior().parameters(recorder.at("posterior"), features, top.latent());
  }

  @Override
  public List<Matrix> movable(List<Matrix> parameters) {
    return top.posterior().movable(parameters);
  }

  @Override
  public Terms on(Recorder plain, Batch batch, List<Matrix> parameters, Draws draws) {
    Recorder recorder = starting(plain);
    Recorder upper = recorder.at("top");
    Inferred second =
        Inferred.of(upper.at("posterior"), top.posterior(), parameters, top.latent(), draws);
    Matrix z2 = second.drawn().value();

    Matrix ofImage = encoder.on(recorder.at("encoder"), batch.shape(), batch.images());
    Matrix ofTop = on(upper.at("to-posterior"), top.toPosterior(), z2);
    Matrix features = on(recorder.at("joint"), joint, recorder.sideBySide(List.of(ofImage, ofTop)));
    Recorder own = recorder.at("posterior");
    Inferred first =
        Inferred.of(own, posterior, posterior.parameters(own, features, latent), latent, draws);
    Matrix z1 = first.drawn().value();

    Scorable p2 = prior(upper, recorder, batch.shape());
    Latent uppermost = second.under("z2", prior, recorder.at("prior"), p2);
    Rows logPrior1 = conditional(upper, z2).logDensityOf(z1).orElseThrow();
    Rows logLikelihood = given(recorder, z1, z2, batch.shape()).logDensity(batch.images());
    return new Terms(logLikelihood, List.of(first.bySamples("z1", logPrior1), uppermost));
  }

  private static Matrix on(Recorder recorder, Network network, Matrix x) {
    return network.on(recorder, Shape.vector(x.columns()), x);
  }

  private Scorable prior(Recorder upper, Recorder recorder, Shape shape) {
    Amortised q =
        new Amortised(
            shape.values(),
            x ->
                top.posterior()
                    .of(upper.at("posterior"), posterior(upper, shape, x), top.latent()));
    return prior.on(recorder.at("prior"), top.latent(), q);
  }

  /** Records p(z1|z2). */
  private Samplable conditional(Recorder upper, Matrix z2) {
    Matrix features = on(upper.at("decoder"), top.decoder(), z2);
    return top.conditional().given(upper.at("conditional"), features, latent);
  }

  private Distribution given(Recorder recorder, Matrix z1, Matrix z2, Shape x) {
    Matrix ofOwn = on(recorder.at("body"), body, z1);
    Matrix ofTop = on(recorder.at("top").at("to-image"), top.toImage(), z2);
    Matrix features =
        on(recorder.at("decoder"), decoder, recorder.sideBySide(List.of(ofOwn, ofTop)));
    return likelihood.given(recorder.at("likelihood"), features, x);
  }

  @Override
  public Distribution given(Recorder plain, Matrix z, Shape x) {
    Recorder recorder = starting(plain);
    Matrix z1 = recorder.columns(z, 0, latent);
    return given(recorder, z1, recorder.columns(z, latent, top.latent()), x);
  }

  /** The density of both variables is a product, of no name here. */
  @Override
  public Optional<Scorable> prior(Recorder plain, Shape x) {
    return Optional.empty();
  }

  @Override
  public List<Matrix> draw(Recorder plain, Shape x, List<Matrix> kept) {
    Recorder recorder = starting(plain);
    Recorder upper = recorder.at("top");
    List<Matrix> z2 = DownTo.of(List.of(), kept, () -> prior(upper, recorder, x));
    return DownTo.of(z2, kept, () -> conditional(upper, z2.get(0)));
  }

  @Override
  public Matrix code(Recorder recorder, List<Matrix> drawn) {
    return recorder.sideBySide(List.of(drawn.get(1), drawn.get(0)));
  }

  @Override
  public String title() {
    return "a hierarchical variational autoencoder of two latent variables";
  }

  /** The way to z2, to z1, and to the image. */
  @Override
  public String summary(Shape x) {
    return String.format(
        Locale.ROOT,
        "%d%s-z%d%s-z%d%s-%d, %s%s",
        x.values(),
        top.encoder().widths(),
        top.latent(),
        joint.widths(),
        latent,
        decoder.widths(),
        x.values(),
        likelihood.getClass().getSimpleName(),
        Vae.unlikePlain(posterior, prior));
  }
}
