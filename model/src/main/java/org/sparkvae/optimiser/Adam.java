package org.sparkvae.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Adam (Kingma & Ba, algorithm 1).
 *
 * <p>Its step is the same for J and J/N once epsilon is multiplied by N: the moments scale with the
 * gradient, their ratio does not.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment of the gradient of J/N
 */
public record Adam(
    @Setting(says = "Decay of the first moment.", otherwise = "0.9", least = 0, below = 1)
        double beta1,
    @Setting(says = "Decay of the second moment.", otherwise = "0.999", least = 0, below = 1)
        double beta2,
    @Setting(says = "Added to the root of the second moment.", otherwise = "1e-4", above = 0)
        double epsilon)
    implements Optimiser {
  @Override
  public int moments() {
    return 2;
  }

  /** The first is a mean of gradients, the second of their squares. */
  @Override
  public int degree(int moment) {
    return moment + 1;
  }

  @Override
  public void step(
      Kernels kernels,
      INDArray parameters,
      INDArray gradient,
      List<INDArray> moments,
      double trainingImages,
      double learningRate,
      long step) {
    kernels.adam(
        parameters,
        gradient,
        moments.get(0),
        moments.get(1),
        learningRate,
        beta1,
        beta2,
        epsilon * trainingImages,
        1 - Math.pow(beta1, step),
        1 - Math.pow(beta2, step));
  }
}
