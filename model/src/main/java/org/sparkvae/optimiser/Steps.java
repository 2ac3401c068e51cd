package org.sparkvae.optimiser;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Takes an optimiser's steps on a flat parameter vector.
 *
 * <p>Not thread-safe: one instance belongs to one task.
 */
public final class Steps {
  private final Optimiser optimiser;
  private final double trainingImages;
  private final INDArray parameters;
  private final INDArray gradient;
  private final List<INDArray> moments;
  private final Kernels kernels;

  /**
   * Steps on given arrays.
   *
   * @param trainingImages N: gradients are of the loss -J, and settings of J/N are converted by it
   * @param parameters [P], updated in place
   * @param gradient [P], the derivative of the loss -J
   * @param state the flat state, [moments P], first moments first, updated in place; null where the
   *     optimiser keeps none
   * @throws IllegalArgumentException where the lengths do not fit
   */
  public Steps(
      Optimiser optimiser,
      long trainingImages,
      INDArray parameters,
      INDArray gradient,
      INDArray state) {
    this(
        optimiser,
        (double) trainingImages,
        parameters,
        gradient,
        moments(optimiser, parameters.length(), state));
  }

  /**
   * Steps on given arrays, the moments each in one of its own.
   *
   * @param moments arrays of the parameters' length, first moments first, updated in place
   * @throws IllegalArgumentException where the lengths do not fit
   */
  public static Steps ofMoments(
      Optimiser optimiser,
      long trainingImages,
      INDArray parameters,
      INDArray gradient,
      List<INDArray> moments) {
    return new Steps(optimiser, (double) trainingImages, parameters, gradient, moments);
  }

  private Steps(
      Optimiser optimiser,
      double trainingImages,
      INDArray parameters,
      INDArray gradient,
      List<INDArray> moments) {
    long count = parameters.length();
    if (gradient.length() != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d parameters, but a gradient of %d values", count, gradient.length()));
    }
    this.optimiser = optimiser;
    this.trainingImages = trainingImages;
    this.parameters = flat(parameters);
    this.gradient = flat(gradient);
    this.moments = List.copyOf(moments);
    this.kernels = Kernels.of(parameters);
  }

  private static List<INDArray> moments(Optimiser optimiser, long count, INDArray state) {
    long given = state == null ? 0 : state.length();
    if (given != stateLength(optimiser, count)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "for %d parameters %s needs a state of %d, but it has %d",
              count,
              optimiser,
              stateLength(optimiser, count),
              given));
    }
    return LongStream.range(0, optimiser.moments())
        .mapToObj(moment -> FlatVector.part(state, moment * count, (moment + 1) * count))
        .toList();
  }

  /**
   * One step.
   *
   * @param learningRate for the gradient of J/N
   * @param step number of this step, from 1
   */
  public void take(double learningRate, long step) {
    optimiser.step(kernels, parameters, gradient, moments, trainingImages, learningRate, step);
  }

  /** Length of the flat state for a number of parameters. */
  public static long stateLength(Optimiser optimiser, long parameters) {
    return Math.multiplyExact(optimiser.moments(), parameters);
  }

  /**
   * Brings a state to another number of training images N, so that the same gradients of J/N move
   * it, and the parameters, as before: gradients of J scale with N, and moments as they do.
   *
   * @param count of parameters
   * @param state the flat state, of which the moments are changed in place
   * @param ratio the other N over the one before
   */
  public static void rescale(Optimiser optimiser, long count, INDArray state, double ratio) {
    for (int moment = 0; moment < optimiser.moments(); moment++) {
      FlatVector.part(state, moment * count, (moment + 1) * count)
          .muli(Math.pow(ratio, optimiser.degree(moment)));
    }
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }
}
