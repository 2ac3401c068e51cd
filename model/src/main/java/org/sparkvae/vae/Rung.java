package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Network;
import org.sparkvae.network.Shape;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/** What stands above a variable of a {@link Ladder}, and gives it a distribution. */
public sealed interface Rung extends Serializable {
  /**
   * Records what images say of the variables from here up.
   *
   * @param in the shape of a row of the features
   * @param features of the rung below, [images, values of in]
   * @param gaussian the family of every variable's posterior
   * @param messages gets means and log-variances, [images, 2 latent], from the lowest on
   */
  void encode(
      Recorder recorder,
      Shape in,
      Matrix features,
      DiagonalGaussian gaussian,
      List<Matrix> messages);

  /**
   * Records draws of the variables from here up, given images.
   *
   * @param place how many variables lie below
   * @param gaussian the family of the variable below, given these
   * @return mean and log-variance of the variable below, [samples * images, 2n]; empty where
   *     nothing is above it
   */
  Optional<Matrix> descend(
      Recorder recorder, Descent descent, int place, DiagonalGaussian gaussian);

  /**
   * Records draws of the variable below and of all above it from the model, as {@link Model#draw}.
   *
   * @param below dimensions of the variable below
   * @param gaussian its family, given those above
   * @param prior of the topmost variable, by its dimensions
   */
  List<Matrix> draw(
      Recorder recorder,
      int below,
      DiagonalGaussian gaussian,
      IntFunction<Scorable> prior,
      List<Matrix> kept);

  /** Dimensions of the topmost variable, below being those of the one under this. */
  int top(int below);

  /** How many variables there are. */
  int layers();

  /** The way to the topmost variable and back, as in "-100-100-z50-100-100-z100". */
  String summary(int below);

  /** Nothing: the variable below is the topmost, and has the prior. */
  record None() implements Rung {
    @Override
    public void encode(
        Recorder recorder,
        Shape in,
        Matrix features,
        DiagonalGaussian gaussian,
        List<Matrix> messages) {}

    @Override
    public Optional<Matrix> descend(
        Recorder recorder, Descent descent, int place, DiagonalGaussian gaussian) {
      return Optional.empty();
    }

    @Override
    public List<Matrix> draw(
        Recorder recorder,
        int below,
        DiagonalGaussian gaussian,
        IntFunction<Scorable> prior,
        List<Matrix> kept) {
      return DownTo.of(List.of(), kept, () -> prior.apply(below));
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
    public String summary(int below) {
      return "";
    }
  }

  /**
   * A variable, about which images speak through features of the features below, and which gives
   * the variable below a diagonal Gaussian.
   *
   * @param latent dimensions of the variable
   * @param encoder the body from the features below on
   * @param decoder the body from the variable to the mean and log-variance of the one below
   * @param above what stands above it
   */
  record Step(
      @Setting(says = "Dimensions of the rung's variable.", otherwise = "50", least = 1) int latent,
      @Setting(says = "The body from the features of the rung below on.", otherwise = "mlp")
          Network encoder,
      @Setting(
              says =
                  "The body from the rung's variable to the mean and log-variance of the one below.",
              otherwise = "mlp")
          Network decoder,
      @Setting(says = "The next rung, or none.", otherwise = "none") Rung above)
      implements Rung {
    /** Checks the number of dimensions. */
    public Step {
      if (latent < 1) {
        throw new IllegalArgumentException("a rung needs at least 1 dimension, not " + latent);
      }
    }

    @Override
    public void encode(
        Recorder recorder,
        Shape in,
        Matrix features,
        DiagonalGaussian gaussian,
        List<Matrix> messages) {
      Matrix own = encoder.on(recorder.at("encoder"), in, features);
      messages.addAll(gaussian.parameters(recorder.at("posterior"), own, latent));
      above.encode(recorder.at("above"), encoder.out(in), own, gaussian, messages);
    }

    @Override
    public Optional<Matrix> descend(
        Recorder recorder, Descent descent, int place, DiagonalGaussian gaussian) {
      Optional<Matrix> own = above.descend(recorder.at("above"), descent, place + 1, gaussian);
      Matrix z = descent.draw(recorder.at("posterior"), place, own);
      return Optional.of(conditional(recorder, z, descent.dimensions(place - 1), gaussian));
    }

    /** Records mean and log-variance of the variable below, [rows of z, 2 below]. */
    private Matrix conditional(Recorder recorder, Matrix z, int below, DiagonalGaussian gaussian) {
      Matrix features = decoder.on(recorder.at("decoder"), Shape.vector(latent), z);
      return gaussian.parameters(recorder.at("conditional"), features, below).get(0);
    }

    @Override
    public List<Matrix> draw(
        Recorder recorder,
        int below,
        DiagonalGaussian gaussian,
        IntFunction<Scorable> prior,
        List<Matrix> kept) {
      List<Matrix> drawn = above.draw(recorder.at("above"), latent, gaussian, prior, kept);
      Matrix z = drawn.get(drawn.size() - 1);
      return DownTo.of(
          drawn,
          kept,
          () ->
              gaussian.of(
                  recorder.at("conditional"),
                  List.of(conditional(recorder, z, below, gaussian)),
                  below));
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
    public String summary(int below) {
      return String.format(
          Locale.ROOT,
          "%s-z%d%s%s-z%d",
          encoder.widths(),
          latent,
          above.summary(latent),
          decoder.widths(),
          below);
    }
  }
}
