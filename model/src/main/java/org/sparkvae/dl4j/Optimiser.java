package org.sparkvae.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkvae.tensor.Kernels;

/**
 * Takes the optimiser's steps on a flat parameter vector: the one place both training paths use.
 *
 * <p>Settings are stated for the gradient of J/N, but the gradient given is that of J = N (J/N).
 * Adam's step is the same for both once epsilon is multiplied by N (the moments scale with the
 * gradient, their ratio does not); that of gradient descent once the learning rate is divided by N.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Optimiser {
  private final OptimiserSpec spec;
  private final double trainingImages;
  private final INDArray parameters;
  private final INDArray gradient;
  private final INDArray first;
  private final INDArray second;
  private final Kernels kernels;

  /**
   * An optimiser on given arrays.
   *
   * @param trainingImages N: gradients are of the loss -J, and settings of J/N are converted by it
   * @param parameters [P], updated in place
   * @param gradient [P], the derivative of the loss -J
   * @param state the flat state (Adam: first moments then second moments, [2 P]; SGD with momentum:
   *     [P]; else null), updated in place
   * @throws IllegalArgumentException where the lengths do not fit
   */
  public Optimiser(
      OptimiserSpec spec,
      long trainingImages,
      INDArray parameters,
      INDArray gradient,
      INDArray state) {
    long count = parameters.length();
    long stateLength = stateLength(spec, count);
    if (gradient.length() != count || (state == null ? 0 : state.length()) != stateLength) {
      throw new IllegalArgumentException(
          "for %d parameters %s needs a gradient of %d values and a state of %d, but they have %d and %d"
              .formatted(
                  count,
                  spec,
                  count,
                  stateLength,
                  gradient.length(),
                  state == null ? 0 : state.length()));
    }
    this.spec = spec;
    this.trainingImages = trainingImages;
    this.parameters = flat(parameters);
    this.gradient = flat(gradient);
    this.first = stateLength == 0 ? null : part(state, 0, count);
    this.second = stateLength < 2 * count ? null : part(state, count, 2 * count);
    this.kernels = Kernels.of(parameters);
  }

  /**
   * One step.
   *
   * @param learningRate for the gradient of J/N
   * @param step number of this step, from 1
   */
  public void step(double learningRate, long step) {
    if (spec instanceof OptimiserSpec.Adam adam) {
      kernels.adam(
          parameters,
          gradient,
          first,
          second,
          learningRate,
          adam.beta1(),
          adam.beta2(),
          adam.epsilon() * trainingImages,
          1 - Math.pow(adam.beta1(), step),
          1 - Math.pow(adam.beta2(), step));
    } else if (first == null) {
      kernels.addScaled(-learningRate / trainingImages, gradient, parameters);
    } else {
      double momentum = ((OptimiserSpec.Sgd) spec).momentum();
      kernels.momentum(parameters, gradient, first, learningRate / trainingImages, momentum);
    }
  }

  /** Length of the flat state for a number of parameters. */
  public static long stateLength(OptimiserSpec spec, long parameters) {
    if (spec instanceof OptimiserSpec.Sgd sgd) {
      return sgd.momentum() == 0 ? 0 : parameters;
    }
    return Math.multiplyExact(2, parameters);
  }

  /**
   * Brings a state to another number of training images N, so that the same gradients of J/N move
   * it, and the parameters, as before. Momenta are sums of gradients of J, and scale with N; Adam's
   * second moments are of their squares.
   *
   * @param state the flat state, changed in place
   * @param ratio the other N over the one before
   */
  public static void rescale(OptimiserSpec spec, INDArray state, double ratio) {
    long moments = stateLength(spec, 1);
    long count = state.length() / moments;
    for (long moment = 0; moment < moments; moment++) {
      part(state, moment * count, (moment + 1) * count).muli(Math.pow(ratio, moment + 1));
    }
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }

  private static INDArray part(INDArray state, long from, long to) {
    return flat(state).get(NDArrayIndex.interval(from, to));
  }
}
