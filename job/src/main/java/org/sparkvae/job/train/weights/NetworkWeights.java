package org.sparkvae.job.train.weights;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.tensor.kernels.Kernels;

/** Moves parameters and optimiser state between a network and plain arrays. */
public final class NetworkWeights {
  private NetworkWeights() {}

  /** A copy of the model's parameters, without what its training keeps beside them. */
  public static float[] ofModel(MultiLayerNetwork network) {
    return copy(VaeNetwork.parameters(network));
  }

  /** A copy of the model's parameters, and of what its training keeps beside them. */
  public static float[] vector(MultiLayerNetwork network) {
    return copy(VaeNetwork.vector(network));
  }

  /** Copies of a network's vector and optimiser state. */
  public static Weights read(MultiLayerNetwork network) {
    return new Weights(vector(network), copy(VaeNetwork.optimiserState(network)));
  }

  /** Sets a network's vector and optimiser state. */
  public static void write(Weights weights, MultiLayerNetwork network) {
    set(weights.parameters(), VaeNetwork.vector(network));
    set(weights.state(), VaeNetwork.optimiserState(network));
  }

  private static float[] copy(INDArray array) {
    float[] values = new float[array == null ? 0 : Math.toIntExact(array.length())];
    if (array != null) {
      Kernels.of(array).copyOut(array, values);
    }
    return values;
  }

  private static void set(float[] values, INDArray array) {
    if (array != null) {
      Kernels.of(array).copyIn(values, array);
    }
  }
}
