package org.sparkvae.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Adamax: Adam whose second moment is the infinity norm (Kingma & Ba, algorithm 2).
 *
 * <p>m = beta1 m + (1 - beta1) g, u = max(beta2 u, |g|), and the parameters move by learning rate /
 * (1 - beta1^t) m / (u + epsilon). Its step is the same for J and J/N once epsilon is multiplied by
 * N: both moments scale with the gradient.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the infinity norm
 * @param epsilon added to the infinity norm of the gradient of J/N, which is 0 where no gradient
 *     has come yet
 */
public record Adamax(
    @Setting(says = "Decay of the first moment.", otherwise = "0.9", least = 0, below = 1)
        double beta1,
    @Setting(says = "Decay of the infinity norm.", otherwise = "0.999", least = 0, below = 1)
        double beta2,
    @Setting(says = "Added to the infinity norm.", otherwise = "1e-8", above = 0) double epsilon)
    implements Optimiser {
  @Override
  public int moments() {
    return 2;
  }

  @Override
  public int degree(int moment) {
    return 1;
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
    kernels.adamax(
        parameters,
        gradient,
        moments.get(0),
        moments.get(1),
        learningRate / (1 - Math.pow(beta1, step)),
        beta1,
        beta2,
        epsilon * trainingImages);
  }
}
