package org.sparkvae.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All parameters of the VAE as one block: how it divides them is the model's own matter. */
final class VaeParamInitializer implements ParamInitializer {
  static final String THETA = "theta";
  static final VaeParamInitializer INSTANCE = new VaeParamInitializer();

  private VaeParamInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    VaeLayer vae = (VaeLayer) layer;
    return vae.spec().layout(vae.objective()).length();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(THETA);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(THETA);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return THETA.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  /** Zeros: initial values need the mean image, which only the training set knows. */
  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialise) {
    conf.addVariable(THETA);
    if (initialise) {
      parameters.assign(0);
    }
    return theta(parameters);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradient) {
    return theta(gradient);
  }

  private static Map<String, INDArray> theta(INDArray flat) {
    // Mutable and ordered, as Deeplearning4j expects.
    Map<String, INDArray> blocks = new LinkedHashMap<>();
    blocks.put(THETA, flat.reshape(flat.length()));
    return blocks;
  }
}
