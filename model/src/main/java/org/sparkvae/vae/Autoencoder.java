package org.sparkvae.vae;

import static org.sparkvae.tensor.formula.Formula.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparkvae.distribution.Drawn;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Likelihood;
import org.sparkvae.network.Initialisation;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;
import org.sparkvae.tensor.formula.Formula;
import org.sparkvae.tensor.kernels.Activation;

/**
 * A deterministic autoencoder, made generative by a mixture of Gaussians that is fitted to the
 * codes of all training images once it is trained (Ghosh et al., "From variational to deterministic
 * autoencoders", 2020, eqs. 11 and 12 and section 4).
 *
 * <p>The code z [images, latent] is an affine function of the encoder's body. Maximised is log
 * p(x|z) - (penalty / 2) |z|^2 of each image, nats, which is no bound: as a point has no density,
 * there is no log p(x). With a penalty and a weight prior it is the paper's RAE-L2. The mixture
 * takes no part in training.
 *
 * @param latent dimensions of z
 * @param encoder the body from x to the code
 * @param penalty of the code's squared length
 * @param mixture that is fitted to the codes
 * @param decoder the body from z to the likelihood's parameters
 * @param likelihood p(x|z)
 * @param initialisation what weights start from, but for those of a part that says otherwise
 */
public record Autoencoder(
    @Setting(least = 1) int latent,
    Network encoder,
    @Setting(
            says =
                "Of codes: half of it times a code's squared length is taken off the reconstruction;"
                    + " 0 for none.",
            otherwise = "0.0",
            least = 0)
        double penalty,
    @Setting(says = "The mixture that is fitted to the codes.") FittedMixture mixture,
    Network decoder,
    Likelihood likelihood,
    @Setting(says = "What weights start from.", otherwise = "glorot") Initialisation initialisation)
    implements Decoded {
  /** The name of the mixture's parameters. */
  public static final String MIXTURE = "mixture";

  private static final Formula.Operand Z = value("z");

  /** Checks the numbers. */
  public Autoencoder {
    if (latent < 1 || !(penalty >= 0)) {
      throw new IllegalArgumentException(
          "an autoencoder needs at least 1 dimension and a penalty of at least 0");
    }
  }

  @Override
  public Optional<Contradiction> contradiction() {
    return Optional.empty();
  }

  @Override
  public boolean hasLogLikelihood() {
    return false;
  }

  @Override
  public Optional<FittedMixture> mixtureOfCodes() {
    return Optional.of(mixture);
  }

  /** The codes, [images, latent]. */
  @Override
  public List<Matrix> posterior(Recorder plain, Batch batch) {
    Recorder recorder = starting(plain);
    Matrix features = encoder.on(recorder.at("encoder"), batch.shape(), batch.images());
    return List.of(recorder.at("code").dense(features, latent, Activation.IDENTITY));
  }

  /**
   * Its one latent variable is the code, whose "KL" is the penalty.
   *
   * @throws IllegalArgumentException for several samples of an image
   */
  @Override
  public Terms on(Recorder recorder, Batch batch, List<Matrix> codes, Draws draws) {
    if (recorder.samples() != 1) {
      throw new IllegalArgumentException(
          "an autoencoder has one code of an image, not " + recorder.samples());
    }
    Point q = new Point(recorder, codes.get(0));
    scored(recorder);
    Drawn z = draws.from(recorder, q, () -> q);
    Rows logPrior = squares(recorder, z.value(), -0.5 * penalty);
    Rows cost = squares(recorder, z.value(), 0.5 * penalty);
    Rows logLikelihood = given(recorder, z.value(), batch.shape()).logDensity(batch.images());
    Latent code = new Latent("z", z, logPrior, Optional.of(cost), Optional.empty(), q);
    return new Terms(logLikelihood, List.of(code));
  }

  private static Rows squares(Recorder recorder, Matrix z, double factor) {
    return recorder.sumOverColumns(Z.squared().times(factor), Map.of(Z, z));
  }

  @Override
  public Optional<Scorable> prior(Recorder recorder, Shape x) {
    return Optional.of(scored(recorder));
  }

  private Scorable scored(Recorder recorder) {
    return mixture.on(recorder.at(MIXTURE), latent);
  }

  @Override
  public String sourceOfCodes() {
    return "the mixture of Gaussians that was fitted to the codes";
  }

  @Override
  public String title() {
    return "an autoencoder";
  }

  @Override
  public String summary(Shape x) {
    return String.format(
        Locale.ROOT,
        "%d%s-z%d%s-%d, %s, %d %s for its codes",
        x.values(),
        encoder.widths(),
        latent,
        decoder.widths(),
        x.values(),
        likelihood.getClass().getSimpleName(),
        mixture.components(),
        mixture.components() == 1 ? "Gaussian" : "Gaussians");
  }

  /** All of the probability at the code, whose log-density stands as 0. */
  private record Point(Recorder recorder, Matrix code) implements Samplable {
    @Override
    public Drawn draw() {
      return new Drawn(code, recorder.rows(code.rows()));
    }

    @Override
    public Matrix mean() {
      return code;
    }
  }
}
