package org.sparkvae.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.vae.ObjectiveSpec;
import org.sparkvae.vae.VaeSpec;

/** Makes the Deeplearning4j network whose only layer is the VAE, and finds the parts in one. */
public final class VaeNetwork {
  private VaeNetwork() {}

  /**
   * A new network with its parameters and optimiser state allocated; parameters are zero until
   * {@link org.sparkvae.vae.VaeParameters#initialise} or a restore sets them.
   */
  public static MultiLayerNetwork create(
      VaeSpec spec,
      ObjectiveSpec objective,
      OptimiserSpec optimiser,
      double learningRate,
      long seed) {
    throw new AssertionError("to come");
  }

  /** The model in a network. */
  public static VaeSpec spec(MultiLayerNetwork network) {
    throw new AssertionError("to come");
  }

  /** The objective in a network. */
  public static ObjectiveSpec objective(MultiLayerNetwork network) {
    throw new AssertionError("to come");
  }

  /** The optimiser in a network. */
  public static OptimiserSpec optimiser(MultiLayerNetwork network) {
    throw new AssertionError("to come");
  }

  /** The network's flat parameter vector itself, not a copy. */
  public static INDArray parameters(MultiLayerNetwork network) {
    throw new AssertionError("to come");
  }

  /** The network's flat optimiser state itself, not a copy; null where the optimiser keeps none. */
  public static INDArray optimiserState(MultiLayerNetwork network) {
    throw new AssertionError("to come");
  }
}
