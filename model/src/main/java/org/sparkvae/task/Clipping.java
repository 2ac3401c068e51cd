package org.sparkvae.task;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Shortens gradients to a greatest norm (Pascanu et al., "On the difficulty of training recurrent
 * neural networks", algorithm 1).
 *
 * @param norm the greatest Euclidean norm of the gradient of J/N, above 0
 */
public record Clipping(double norm) implements Serializable {
  /** How many steps were shortened. */
  public static final Measure CLIPPED_STEPS =
      new Measure("clipped_steps", "clipped", Measure.Per.ALL);

  /** To a norm; none for 0. */
  public static Optional<Clipping> of(double norm) {
    return norm == 0 ? Optional.empty() : Optional.of(new Clipping(norm));
  }

  public Clipping {
    if (!(norm > 0)) {
      throw new IllegalArgumentException("a norm must be above 0, but is " + norm);
    }
  }

  /**
   * Shortens a gradient that is longer than the norm; one that is not finite stays as it is.
   *
   * @param parts of the gradient of J, which make it up
   * @param trainingImages N
   * @return whether it was shortened
   */
  boolean shorten(Kernels kernels, List<INDArray> parts, long trainingImages) {
    double squares = 0;
    for (INDArray part : parts) {
      squares += kernels.sumOfSquares(part);
    }
    double length = Math.sqrt(squares) / trainingImages;
    if (!(length > norm) || Double.isInfinite(length)) {
      return false;
    }
    double[] factor = {norm / length};
    for (INDArray part : parts) {
      kernels.scaleRows(part.reshape(new long[] {1, part.length()}), factor);
    }
    return true;
  }
}
