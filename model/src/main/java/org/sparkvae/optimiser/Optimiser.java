package org.sparkvae.optimiser;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.Kernels;

/** Which optimiser takes the steps; its settings are stated for the per-image mean J/N. */
public sealed interface Optimiser extends Serializable permits Adam, Adamax, Sgd, NaturalGradient {
  /** How many moments of each parameter it keeps. */
  int moments();

  /**
   * By which power a moment grows with the gradient.
   *
   * @param moment from 0
   */
  int degree(int moment);

  /**
   * One step down the loss -J.
   *
   * @param parameters [P], updated in place
   * @param gradient [P], the derivative of the loss -J
   * @param moments {@link #moments()} arrays [P], updated in place
   * @param trainingImages N, by which the settings of J/N are converted
   * @param learningRate for the gradient of J/N
   * @param step number of this step, from 1
   */
  void step(
      Kernels kernels,
      INDArray parameters,
      INDArray gradient,
      List<INDArray> moments,
      double trainingImages,
      double learningRate,
      long step);
}
