package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Misfit;
import org.sparkvae.distribution.Samplable;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.Posterior;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;
import org.sparkvae.tensor.Rows;

/**
 * What stands above a stochastic layer, and gives its variable a distribution.
 *
 * <p>The prior of the topmost variable is handed through, as a function of its dimensions.
 */
public sealed interface Above extends Serializable {
  /**
   * Records the log-density of the variable below, given what is drawn above it, nats.
   *
   * @param below [samples * images, n]
   * @param of the family of its posterior
   * @param draws how the variables above are drawn
   * @param prior of the topmost variable
   * @param latents gets the variables above, from the lowest on
   */
  Rows logDensity(
      Recorder recorder,
      Matrix below,
      Posterior of,
      Draws draws,
      IntFunction<Scorable> prior,
      List<Latent> latents);

  /**
   * Records draws of the variable below and of all above it from the model, [samples * images, n]
   * each, from the topmost down.
   *
   * @param below dimensions of the variable below
   * @param of the family of its posterior
   * @param kept the first of them, which are taken as they are
   */
  List<Matrix> draw(
      Recorder recorder, int below, Posterior of, IntFunction<Scorable> prior, List<Matrix> kept);

  /** The family of the topmost variable's posterior, below being that of the one under this. */
  Posterior topmost(Posterior below);

  /** Dimensions of the topmost variable, below being those of the one under this. */
  int top(int below);

  /** How many variables there are. */
  int layers();

  /** Why one of its parts has no member of so many dimensions; empty where all have. */
  Optional<Misfit> misfit();

  /** The way to the topmost variable and back, as in "-100-100-z50-100-100-z100". */
  String summary(int below);

  /** Nothing: the variable below is the topmost, and has the prior. */
  record None() implements Above {
    @Override
    public Rows logDensity(
        Recorder recorder,
        Matrix below,
        Posterior of,
        Draws draws,
        IntFunction<Scorable> prior,
        List<Latent> latents) {
      return prior.apply(below.columns()).logDensity(below);
    }

    @Override
    public List<Matrix> draw(
        Recorder recorder,
        int below,
        Posterior of,
        IntFunction<Scorable> prior,
        List<Matrix> kept) {
      return DownTo.of(List.of(), kept, () -> prior.apply(below));
    }

    @Override
    public Posterior topmost(Posterior below) {
      return below;
    }

    @Override
    public int top(int below) {
      return below;
    }

    @Override
    public int layers() {
      return 0;
    }

    @Override
    public Optional<Misfit> misfit() {
      return Optional.empty();
    }

    @Override
    public String summary(int below) {
      return "";
    }
  }

  /**
   * A stochastic layer, whose variable z has the posterior q(z|below), and gives the one below the
   * distribution p(below|z): a diagonal Gaussian of mean and log-variance as its decoder says, or
   * where the one below is of bits, independent bits of means as it says.
   *
   * <p>Both depend on draws: there is one for each sample of each image.
   *
   * @param latent dimensions of z
   * @param encoder the body from the variable below to the posterior's parameters
   * @param posterior the family of q(z|below)
   * @param decoder the body from z to the parameters of the variable below
   * @param above what stands above it
   */
  record Layer(
      @Setting(says = "Dimensions of the layer's variable.", otherwise = "50", least = 1)
          int latent,
      @Setting(says = "The body from the variable below on.", otherwise = "mlp") Network encoder,
      @Setting(
              says = "The family of posteriors of the layer's variable, given the one below.",
              otherwise = "diagonal-gaussian")
          Posterior posterior,
      @Setting(
              says = "The body from the layer's variable to the parameters of the one below.",
              otherwise = "mlp")
          Network decoder,
      @Setting(says = "The next stochastic layer, or none.", otherwise = "none") Above above)
      implements Above {
    /** Checks the number of dimensions. */
    public Layer {
      if (latent < 1) {
        throw new IllegalArgumentException(
            "a stochastic layer needs at least 1 dimension, not " + latent);
      }
    }

    @Override
    public Rows logDensity(
        Recorder recorder,
        Matrix below,
        Posterior of,
        Draws draws,
        IntFunction<Scorable> prior,
        List<Latent> latents) {
      Shape in = Shape.vector(below.columns());
      Matrix features = encoder.on(recorder.at("encoder"), in, below);
      List<Matrix> parameters = posterior.parameters(recorder.at("posterior"), features, latent);
      Inferred z = Inferred.of(recorder.at("posterior"), posterior, parameters, latent, draws);
      int place = latents.size();
      Matrix value = z.drawn().value();
      Rows logPrior =
          above.logDensity(recorder.at("above"), value, posterior, draws, prior, latents);
      latents.add(place, z.bySamples("z" + (place + 2), logPrior));
      return conditional(recorder, value, below.columns(), of).logDensityOf(below).orElseThrow();
    }

    /** Records p(below|z), one for each row of z. */
    private Samplable conditional(Recorder recorder, Matrix z, int below, Posterior of) {
      Matrix features = decoder.on(recorder.at("decoder"), Shape.vector(latent), z);
      return of.generative().given(recorder.at("conditional"), features, below);
    }

    @Override
    public List<Matrix> draw(
        Recorder recorder,
        int below,
        Posterior of,
        IntFunction<Scorable> prior,
        List<Matrix> kept) {
      List<Matrix> drawn = above.draw(recorder.at("above"), latent, posterior, prior, kept);
      Matrix z = drawn.get(drawn.size() - 1);
      return DownTo.of(drawn, kept, () -> conditional(recorder, z, below, of));
    }

    @Override
    public Posterior topmost(Posterior below) {
      return above.topmost(posterior);
    }

    @Override
    public int top(int below) {
      return above.top(latent);
    }

    @Override
    public int layers() {
      return 1 + above.layers();
    }

    @Override
    public Optional<Misfit> misfit() {
      return posterior
          .misfit(latent)
          .map(of -> of.in("posterior").about("the layer's latent"))
          .or(() -> above.misfit().map(of -> of.in("above")));
    }

    @Override
    public String summary(int below) {
      return encoder.widths()
          + "-z"
          + latent
          + above.summary(latent)
          + decoder.widths()
          + "-z"
          + below;
    }
  }
}
