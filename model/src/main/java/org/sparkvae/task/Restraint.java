package org.sparkvae.task;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Kernels;

/** What is done to a player's gradient before the optimiser takes its step. */
public sealed interface Restraint extends Serializable permits Clipping, Normalised, Unrestrained {
  /**
   * The gradient of J that a player moves by, as views of one vector.
   *
   * @param pieces runs of neighbouring tensors, which make it up
   * @param tensors the derivatives by each weight and each bias, which make it up
   */
  record Gradient(List<INDArray> pieces, List<INDArray> tensors) {}

  /**
   * Changes a gradient in place; one that is not finite stays as it is.
   *
   * @param trainingImages N
   * @return what is counted of this step, as {@link #measures} names it
   */
  long apply(Kernels kernels, Gradient gradient, long trainingImages);

  /** What it counts, in all, if anything. */
  List<Measure> measures();

  /** Multiplies an array. */
  static void scale(Kernels kernels, INDArray part, double[] factor) {
    kernels.scaleRows(part.reshape(new long[] {1, part.length()}), factor);
  }
}
