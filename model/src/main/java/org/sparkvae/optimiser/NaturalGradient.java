package org.sparkvae.optimiser;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.kinds.Setting;
import org.sparkvae.tensor.kernels.Kernels;

/**
 * Natural gradient descent (Amari, "Natural gradient works efficiently in learning", 1998), with
 * the Fisher information of dense layers in Kronecker factors (Martens & Grosse, "Optimizing neural
 * networks with Kronecker-factored approximate curvature", 2015).
 *
 * <p>The step is that of gradient descent with momentum along F^-1 g, where g is the gradient of
 * J/N and F the information that an image's distributions have, q(z|x) of the encoder's parameters
 * and p(x|z) of the decoder's. Of a layer with inputs a, and 1 for the bias, and derivatives h of a
 * draw's log-density by its sums, F is A (x) G with A = E[a a^T] and G = E[h h^T]; of layers apart
 * it is 0, and of what is no dense layer it is I.
 *
 * @param momentum 0 for none
 * @param damping lambda: A + pi sqrt(lambda) I and G + sqrt(lambda) / pi I are inverted, where pi^2
 *     is the mean of A's diagonal over that of G's (Martens & Grosse, section 6.3)
 * @param trust the most that a step d may change the distributions of an image, 1/2 d^T F d, nats,
 *     beyond which it is shortened, as if there were no momentum; 0 for any
 * @param decay of the running means A and G
 * @param every steps between two minibatches that the means take
 * @param refresh steps between two inversions, at least, which wait for the next averaging
 */
public record NaturalGradient(
    @Setting(says = "Decay of the velocity; 0 for none.", otherwise = "0.5", least = 0, below = 1)
        double momentum,
    @Setting(
            says = "Of the Fisher information, lambda, split between its two factors.",
            otherwise = "1e-2",
            least = 0)
        double damping,
    @Setting(
            says =
                "The most that a step may change the distributions of an image, nats, without"
                    + " momentum: longer ones are shortened; 0 for any.",
            otherwise = "0.02",
            least = 0)
        double trust,
    @Setting(
            says = "Decay of the running means of the factors.",
            otherwise = "0.95",
            least = 0,
            below = 1)
        double decay,
    @Setting(
            says = "Steps between two minibatches that the factors' means take.",
            otherwise = "10",
            least = 1)
        int every,
    @Setting(
            says =
                "Steps between two inversions of the factors, which wait for the next averaging"
                    + " then.",
            otherwise = "100",
            least = 1)
        int refresh)
    implements Optimiser {
  @Override
  public int moments() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public int degree(int moment) {
    return 1;
  }

  /** The gradient is F^-1 times that of the loss already. */
  @Override
  public void step(
      Kernels kernels,
      INDArray parameters,
      INDArray gradient,
      List<INDArray> moments,
      double trainingImages,
      double learningRate,
      long step) {
    new Sgd(momentum)
        .step(kernels, parameters, gradient, moments, trainingImages, learningRate, step);
  }
}
