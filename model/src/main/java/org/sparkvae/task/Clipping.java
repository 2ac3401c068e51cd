package org.sparkvae.task;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.step.Measure;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Shortens gradients to a greatest norm (Pascanu et al., "On the difficulty of training recurrent
 * neural networks", algorithm 1).
 *
 * @param norm the greatest Euclidean norm of the gradient of J/N, above 0; under natural gradients
 *     of what preconditioning makes of it
 */
public record Clipping(double norm) implements Restraint {
  /** How many steps were shortened. */
  public static final Measure CLIPPED_STEPS =
      new Measure("clipped_steps", "clipped", Measure.Per.ALL);

  /** Checks the norm. */
  public Clipping {
    if (!(norm > 0)) {
      throw new IllegalArgumentException("a norm must be above 0, but is " + norm);
    }
  }

  /** Shortens a gradient that is longer than the norm; 1 where it was, else 0. */
  @Override
  public long apply(Kernels kernels, Gradient gradient, long trainingImages) {
    double squares = 0;
    for (INDArray part : gradient.pieces()) {
      squares += kernels.sumOfSquares(part);
    }
    double length = Math.sqrt(squares) / trainingImages;
    if (!(length > norm) || Double.isInfinite(length)) {
      return 0;
    }
    double[] factor = {norm / length};
    for (INDArray part : gradient.pieces()) {
      Restraint.scale(kernels, part, factor);
    }
    return 1;
  }

  @Override
  public List<Measure> measures() {
    return List.of(CLIPPED_STEPS);
  }
}
