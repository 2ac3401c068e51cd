package org.sparkvae.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkvae.curvature.Factors;
import org.sparkvae.optimiser.Optimiser;
import org.sparkvae.tensor.kernels.FlatVector;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/** Makes the Deeplearning4j network whose only layer is the VAE, and finds the parts in one. */
public final class VaeNetwork {
  private VaeNetwork() {}

  /**
   * A new network with its vector and optimiser state allocated; the vector is zero until {@link
   * ImageModel#initialise(ObjectiveSpec, long, float[], INDArray)} or a restore sets it.
   *
   * @param learningRate for the gradient of J/N
   * @param seed of the noise of {@code fit}
   */
  public static MultiLayerNetwork create(
      ImageModel spec,
      ObjectiveSpec objective,
      Optimiser optimiser,
      double learningRate,
      long seed) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .miniBatch(false)
            .updater(
                new VaeUpdater(
                    optimiser,
                    objective.trainingImages(),
                    learningRate,
                    Factors.length(optimiser, spec)))
            .list()
            .layer(new VaeLayer(spec, objective))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.getUpdater();
    return network;
  }

  /**
   * The model in a network.
   *
   * @throws IllegalArgumentException where the network holds something else, here and below
   */
  public static ImageModel spec(MultiLayerNetwork network) {
    return layer(network).spec();
  }

  /** The objective in a network. */
  public static ObjectiveSpec objective(MultiLayerNetwork network) {
    return layer(network).objective();
  }

  /** The optimiser in a network. */
  public static Optimiser optimiser(MultiLayerNetwork network) {
    if (layer(network).getIUpdater() instanceof VaeUpdater updater) {
      return updater.optimiser();
    }
    throw new IllegalArgumentException(
        "the network's updater is " + layer(network).getIUpdater() + ", not a VaeUpdater");
  }

  /** The model's flat parameter vector itself, not a copy. */
  public static INDArray parameters(MultiLayerNetwork network) {
    INDArray vector = vector(network);
    long ofModel = spec(network).parameters();
    return vector.length() == ofModel ? vector : FlatVector.part(vector, 0, ofModel);
  }

  /**
   * The network's flat vector itself, not a copy: the model's parameters, then what the estimator
   * of the gradient keeps.
   */
  public static INDArray vector(MultiLayerNetwork network) {
    return network.params();
  }

  /** The network's flat optimiser state itself, not a copy; null where the optimiser keeps none. */
  public static INDArray optimiserState(MultiLayerNetwork network) {
    return network.getUpdater().getStateViewArray();
  }

  private static VaeLayer layer(MultiLayerNetwork network) {
    if (network.getnLayers() == 1) {
      Layer layer = network.getLayerWiseConfigurations().getConf(0).getLayer();
      if (layer instanceof VaeLayer vae) {
        return vae;
      }
    }
    throw new IllegalArgumentException("the network is not a single VaeLayer");
  }
}
