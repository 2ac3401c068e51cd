package org.sparkvae.vae;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Names;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.Amortised;
import org.sparkvae.prior.Prior;
import org.sparkvae.prior.StandardNormal;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * A decoder without an encoder: the samples of every image are draws of the prior (MacKay,
 * "Bayesian neural networks and density networks", 1995).
 *
 * <p>Under the importance-weighted bound of S samples, it is trained by log (1/S) sum_s p(x|z_s),
 * z_s ~ p(z), nats, and so the derivative is sum_s w_s (d log p(x|z_s) + d log p(z_s)), where w_s
 * is the sample's part of the sum: in terms of log w = log p(x|z) + log p(z) - log q(z), the
 * proposal q is the prior as it stands, which no derivative is by. Few draws hit an image's codes
 * where z has more than a few dimensions.
 *
 * <p>The code that stands for an image is the same for all: the prior's.
 *
 * @param latent dimensions of z
 * @param prior p(z)
 * @param decoder the body from z to the likelihood's parameters
 * @param likelihood p(x|z)
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record DensityNetwork(
    @Setting(least = 1) int latent,
    Prior prior,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /** Checks the number of dimensions. */
  public DensityNetwork {
    if (latent < 1) {
      throw new IllegalArgumentException(
          "a model needs at least 1 latent dimension, not " + latent);
    }
  }

  @Override
  public Optional<Contradiction> contradiction() {
    if (prior.asksForPosterior()) {
      return Optional.of(
          new Contradiction(
              "prior.type",
              "is %s, which is made of posteriors, but a density network has no encoder; choose another prior"
                  .formatted(Names.of(prior.getClass()))));
    }
    return prior
        .misfit(latent)
        .map(of -> of.in("prior"))
        .map(of -> new Contradiction(of.setting(), of.says()));
  }

  @Override
  public boolean hasEncoder() {
    return false;
  }

  /** None: there is no encoder that could give them. */
  @Override
  public List<Matrix> posterior(Recorder recorder, Batch batch) {
    return List.of();
  }

  @Override
  public Terms on(Recorder recorder, Batch batch, List<Matrix> none, Draws draws) {
    Scorable q = scored(recorder.fixed(), batch.shape());
    Drawn z = draws.from(recorder, q, () -> q);
    Rows logPrior = scored(recorder, batch.shape()).logDensity(z.value());
    Rows logLikelihood = given(recorder, z.value(), batch.shape()).logDensity(batch.images());
    Latent latent = new Latent("z", z, logPrior, Optional.empty(), Optional.empty(), q);
    return new Terms(logLikelihood, List.of(latent));
  }

  @Override
  public Optional<Scorable> prior(Recorder recorder, Shape shape) {
    return Optional.of(scored(recorder, shape));
  }

  private Scorable scored(Recorder recorder, Shape shape) {
    return prior.on(starting(recorder).at("prior"), latent, Amortised.none(shape.values()));
  }

  @Override
  public String title() {
    return "a density network";
  }

  /** A prior is named where it is not standard normal. */
  @Override
  public String summary(Shape x) {
    String parts =
        String.format(
            Locale.ROOT,
            "z%d%s-%d, %s",
            latent,
            decoder.widths(),
            x.values(),
            likelihood.getClass().getSimpleName());
    return prior.equals(new StandardNormal())
        ? parts
        : parts + ", " + Names.of(prior.getClass()) + " as prior";
  }
}
