package org.sparkvae.vae;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Draws;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;
import org.sparkvae.prior.FittedMixture;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * The declaration of a model of images, of any shape: which parts it has, and how they are wired.
 */
public sealed interface Model extends Serializable permits Decoded, LinearModel {
  /** What two of its parts ask of one another in vain, if anything. */
  Optional<Contradiction> contradiction();

  /** Whether an encoder tells the codes of images apart. */
  default boolean hasEncoder() {
    return true;
  }

  /** Dimensions of the latent variable next to the image. */
  int latent();

  /** Dimensions of a code: what an image is decoded from. */
  default int codeLength() {
    return latent();
  }

  /** Stochastic layers: latent variables, each with a prior and a posterior of its own. */
  default int layers() {
    return 1;
  }

  /** Whether it is a distribution of images: of any other, there is no log p(x) and no bound. */
  default boolean hasLogLikelihood() {
    return true;
  }

  /** The mixture that is fitted to the codes of the training images once it is trained, if any. */
  default Optional<FittedMixture> mixtureOfCodes() {
    return Optional.empty();
  }

  /** What pixels it is a model of. */
  Support support();

  /** The setting that decides that, below the model's own, as "likelihood.type". */
  String supportSetting();

  /** How its parameters are found where that is not by training; empty where it is trained. */
  default Optional<Fit<?>> fit() {
    return Optional.empty();
  }

  /**
   * log p(x) in closed form, nats, of the values of an image, where there is one.
   *
   * @param x the shape of an image
   * @param parameters the flat parameter vector; not kept
   */
  default Optional<ToDoubleFunction<float[]>> logLikelihood(Shape x, INDArray parameters) {
    return Optional.empty();
  }

  /** How many values of a pixel it tells apart; 0 where it is a density. */
  default int levels() {
    return support().levels();
  }

  /**
   * Records the parameters of the posterior of each image of a batch, as the encoder gives them,
   * each [images, n]: what another proposal may set otherwise. None where there are no such.
   */
  List<Matrix> posterior(Recorder recorder, Batch batch);

  /** Those of the parameters of a posterior that a few steps on an image's bound may move. */
  default List<Matrix> movable(List<Matrix> posterior) {
    return posterior;
  }

  /**
   * Records the terms of log w of a batch.
   *
   * @param posterior parameters as {@link #posterior} gives them, whoever has set them
   * @param draws how latent variables are drawn
   */
  Terms on(Recorder recorder, Batch batch, List<Matrix> posterior, Draws draws);

  /** Records the terms of log w of a batch, of draws that all derivatives flow through. */
  default Terms on(Recorder recorder, Batch batch, List<Matrix> posterior) {
    return on(recorder, batch, posterior, Draws.PLAIN);
  }

  /** Records the terms of log w of a batch; the order of recording is that of the parameters. */
  default Terms on(Recorder recorder, Batch batch) {
    return on(recorder, batch, posterior(recorder, batch));
  }

  /**
   * Records p(x|z) of codes.
   *
   * @param z [samples * images, code length]
   * @param x the shape of an image
   */
  Distribution given(Recorder recorder, Matrix z, Shape x);

  /**
   * Records the prior of the code that an image is decoded from, where its density has a closed
   * form.
   *
   * @param x the shape of an image
   */
  Optional<Scorable> prior(Recorder recorder, Shape x);

  /**
   * Records draws of its latent variables from the model, as many of each as the recorder has
   * samples of images, [samples * images, n], from the topmost down.
   *
   * @param x the shape of an image
   * @param kept the first of them, which are taken as they are; none for draws of all
   */
  default List<Matrix> draw(Recorder recorder, Shape x, List<Matrix> kept) {
    return DownTo.of(List.of(), kept, () -> prior(recorder, x).orElseThrow());
  }

  /**
   * Records the codes that draws of all latent variables make up, [samples * images, code length].
   *
   * @param drawn as {@link #draw} gives them
   */
  default Matrix code(Recorder recorder, List<Matrix> drawn) {
    return drawn.get(drawn.size() - 1);
  }

  /**
   * Records draws of codes from the model, as many as the recorder has samples of images, [samples
   * * images, code length].
   *
   * @param x the shape of an image
   */
  default Matrix codes(Recorder recorder, Shape x) {
    return code(recorder, draw(recorder, x, List.of()));
  }

  /** What draws of codes are of, as a person names it. */
  default String sourceOfCodes() {
    return "the prior";
  }

  /** What it is, as a person names it, "a variational autoencoder". */
  String title();

  /** Its layers and parts on one line. */
  String summary(Shape x);
}
