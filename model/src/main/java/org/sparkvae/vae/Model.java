package org.sparkvae.vae;

import java.io.Serializable;
import java.util.Optional;
import org.sparkvae.distribution.Distribution;
import org.sparkvae.distribution.Scorable;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.Matrix;
import org.sparkvae.tensor.Recorder;

/**
 * The declaration of a model of images, of any shape: which parts it has, and how they are wired.
 */
public sealed interface Model extends Serializable permits Vae {
  /** What two of its parts ask of one another in vain, if anything. */
  Optional<Contradiction> contradiction();

  /** Dimensions of the code next to the image. */
  int latent();

  /** What pixels it is a model of. */
  Support support();

  /** Records the terms of log w of a batch; the order of recording is that of the parameters. */
  Terms on(Recorder recorder, Batch batch);

  /**
   * Records p(x|z) of codes.
   *
   * @param z [samples * images, latent]
   * @param x the shape of an image
   */
  Distribution given(Recorder recorder, Matrix z, Shape x);

  /**
   * Records the prior of the code next to the image, which it gives as many draws of as the
   * recorder has samples of images.
   *
   * @param x the shape of an image
   */
  Scorable prior(Recorder recorder, Shape x);

  /** Its layers and parts on one line. */
  String summary(Shape x);
}
