package org.sparkvae.vae;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Misfit;
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
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A variational autoencoder with one latent variable, q(z|x), p(z) and p(x|z) (Kingma & Welling,
 * section 3).
 *
 * @param latent dimensions of z
 * @param encoder the body from x to the posterior's parameters
 * @param posterior the family of q(z|x)
 * @param prior p(z)
 * @param decoder the body from z to the likelihood's parameters
 * @param likelihood p(x|z)
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Vae(
    @Setting(least = 1) int latent,
    Network encoder,
    Posterior posterior,
    Prior prior,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  public Vae {
    if (latent < 1) {
      throw new IllegalArgumentException("a VAE needs at least 1 latent dimension, not " + latent);
    }
  }

  /** With Glorot's initial weights. */
  public Vae(
      int latent,
      Network encoder,
      Posterior posterior,
      Prior prior,
      Network decoder,
      Likelihood likelihood) {
    this(latent, encoder, posterior, prior, decoder, likelihood, new Initialisation.Glorot());
  }

  /** With a diagonal Gaussian posterior and a standard normal prior. */
  public Vae(int latent, Network encoder, Network decoder, Likelihood likelihood) {
    this(latent, encoder, new DiagonalGaussian(), new StandardNormal(), decoder, likelihood);
  }

  @Override
  public Optional<Contradiction> contradiction() {
    Optional<Misfit> misfit =
        posterior
            .misfit(latent)
            .map(of -> of.in("posterior"))
            .or(() -> prior.misfit(latent).map(of -> of.in("prior")));
    if (misfit.isPresent()) {
      return misfit.map(of -> new Contradiction(of.setting(), of.says()));
    }
    return mismatch(prior, posterior, latent);
  }

  /** What a prior asks of the posterior of its variable in vain, if anything. */
  static Optional<Contradiction> mismatch(Prior prior, Posterior posterior, int latent) {
    Recorder scratch = new Recorder(1, 1);
    Samplable q = posterior.given(scratch, scratch.constant(1, 1), latent);
    return prior
        .missing(q)
        .map(
            missing ->
                new Contradiction(
                    "prior.type",
                    "is %s, which needs a posterior %s, and %s does not; choose another of the two"
                        .formatted(
                            Names.of(prior.getClass()), missing, Names.of(posterior.getClass()))));
  }

  @Override
  public List<Matrix> posterior(Recorder recorder, Batch batch) {
    return posterior(starting(recorder), batch.shape(), batch.images());
  }

  private List<Matrix> posterior(Recorder recorder, Shape shape, Matrix x) {
    Matrix features = encoder.on(recorder.at("encoder"), shape, x);
    return posterior.parameters(recorder.at("posterior"), features, latent);
  }

  private Samplable posterior(Recorder recorder, List<Matrix> parameters) {
    return posterior.of(recorder.at("posterior"), parameters, latent);
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
    Scorable p = scored(recorder, batch.shape());
    Latent latent = z.under("z", prior, recorder.at("prior"), p);
    Rows logLikelihood = given(recorder, code, batch.shape()).logDensity(batch.images());
    return new Terms(logLikelihood, List.of(latent));
  }

  @Override
  public Optional<Scorable> prior(Recorder recorder, Shape shape) {
    return Optional.of(scored(starting(recorder), shape));
  }

  private Scorable scored(Recorder recorder, Shape shape) {
    Amortised q =
        new Amortised(shape.values(), x -> posterior(recorder, posterior(recorder, shape, x)));
    return prior.on(recorder.at("prior"), latent, q);
  }

  @Override
  public String title() {
    return "a variational autoencoder";
  }

  /** A posterior and a prior are named where they are not those of the plain VAE. */
  @Override
  public String summary(Shape x) {
    return String.format(
        Locale.ROOT,
        "%d%s-z%d%s-%d, %s%s",
        x.values(),
        encoder.widths(),
        latent,
        decoder.widths(),
        x.values(),
        likelihood.getClass().getSimpleName(),
        unlikePlain(posterior, prior));
  }

  /** Names a posterior and a prior where they are not those of the plain VAE. */
  static String unlikePlain(Posterior posterior, Prior prior) {
    StringBuilder named = new StringBuilder();
    if (!posterior.equals(new DiagonalGaussian())) {
      named.append(", ").append(Names.of(posterior.getClass())).append(" posterior");
    }
    if (!prior.equals(new StandardNormal())) {
      named.append(", ").append(Names.of(prior.getClass())).append(" as prior");
    }
    return named.toString();
  }
}
