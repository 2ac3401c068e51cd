package org.sparkvae.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes the optimiser's steps on a flat parameter vector: the one place both training paths use.
 */
public final class Optimiser {
  /**
   * An optimiser on given arrays.
   *
   * @param trainingImages N: gradients are of the loss -J, and settings of J/N are converted by it
   * @param parameters [P], updated in place
   * @param gradient [P], the derivative of the loss -J
   * @param state the flat state (Adam: first moments then second moments, [2 P]; SGD with momentum:
   *     [P]; else null), updated in place
   */
  public Optimiser(
      OptimiserSpec spec,
      long trainingImages,
      INDArray parameters,
      INDArray gradient,
      INDArray state) {}

  /**
   * One step.
   *
   * @param learningRate for the gradient of J/N
   * @param step number of this step, from 1
   */
  public void step(double learningRate, long step) {
    throw new AssertionError("to come");
  }

  /** Length of the flat state for a number of parameters. */
  public static long stateLength(OptimiserSpec spec, long parameters) {
    throw new AssertionError("to come");
  }
}
