package org.sparkvae.imputation;

import java.io.Serializable;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/** A way to find what missing pixels are likely to be; a kind's components are its settings. */
public sealed interface Imputation extends Serializable
    permits ImportanceWeighted, PseudoGibbs, MetropolisWithinGibbs {
  /** What the setting {@code draws} is. */
  String DRAWS_SAYS = "Images that are drawn for each image: multiple imputations.";

  /** How many images are drawn for each image. */
  int draws();

  /** What it asks of a model in vain, if anything: the setting at fault, below its own. */
  Optional<Contradiction> contradiction(Model model);

  /** About how many samples of log w cost as much as an image. */
  double samplesWorth();

  /**
   * What computes it.
   *
   * @param parameters the flat parameter vector; read, never written
   */
  Imputer on(ImageModel model, INDArray parameters);
}
