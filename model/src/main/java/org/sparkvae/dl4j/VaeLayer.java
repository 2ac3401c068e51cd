package org.sparkvae.dl4j;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * The configuration of a whole VAE as the one layer of a Deeplearning4j network.
 *
 * <p>Input [images, pixels], values in [0, 1]; output [images, pixels], the mean image at the
 * posterior's mean. Labels are ignored, but the network's {@code fit} wants an array: give it the
 * images again. The network's updater must be a {@link VaeUpdater}.
 */
public final class VaeLayer extends FeedForwardLayer {
  @JsonSerialize(using = KindJson.ModelWriter.class)
  private final ImageModel spec;

  @JsonSerialize(using = KindJson.ObjectiveWriter.class)
  private final ObjectiveSpec objective;

  /**
   * A layer.
   *
   * @param spec the model
   * @param objective what {@code fit} maximises
   */
  @JsonCreator
  public VaeLayer(
      @JsonProperty("spec") @JsonDeserialize(using = KindJson.ModelReader.class) ImageModel spec,
      @JsonProperty("objective") @JsonDeserialize(using = KindJson.ObjectiveReader.class)
          ObjectiveSpec objective) {
    this.spec = Objects.requireNonNull(spec);
    this.objective = Objects.requireNonNull(objective);
    setNIn(spec.x().values());
    setNOut(spec.x().values());
  }

  public ImageModel spec() {
    return spec;
  }

  /** What {@code fit} maximises. */
  public ObjectiveSpec objective() {
    return objective;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    VaeOutputLayer layer = new VaeOutputLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialise));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return VaeParamInitializer.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            layerName, VaeLayer.class, input, InputType.feedForward(getNOut()))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .build();
  }

  @Override
  public VaeLayer clone() {
    VaeLayer clone = (VaeLayer) super.clone();
    // Deeplearning4j shares the updater, and with it a learning rate that is set later.
    if (iUpdater != null) {
      clone.setIUpdater(iUpdater.clone());
    }
    return clone;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VaeLayer that
        && super.equals(other)
        && spec.equals(that.spec)
        && objective.equals(that.objective);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), spec, objective);
  }
}
