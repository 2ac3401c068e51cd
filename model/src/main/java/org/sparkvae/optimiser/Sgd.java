package org.sparkvae.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Stochastic gradient descent with momentum.
 *
 * <p>Its step is the same for J and J/N once the learning rate is divided by N.
 *
 * @param momentum 0 for none
 */
public record Sgd(
    @Setting(says = "Decay of the velocity; 0 for none.", otherwise = "0.0", least = 0, below = 1)
        double momentum)
    implements Optimiser {
  @Override
  public int moments() {
    return momentum == 0 ? 0 : 1;
  }

  /** The velocity is a sum of gradients. */
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
    if (momentum == 0) {
      kernels.addScaled(-learningRate / trainingImages, gradient, parameters);
    } else {
      kernels.momentum(
          parameters, gradient, moments.get(0), learningRate / trainingImages, momentum);
    }
  }
}
