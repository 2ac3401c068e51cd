package org.sparkvae.job.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.vae.Model;

/**
 * Trains a model of images on a column of a Dataset, by the job's own engine: images in shards,
 * parameters averaged. The same images in the same order and the same settings give the bits of the
 * job.
 *
 * <p>The columns are named as those of a clustering in Spark ML, whose Gaussian mixture is a model
 * of the same kind: {@code featuresCol} goes in.
 */
public class VaeEstimator extends Estimator<VaeModel>
    implements TransformParams<VaeEstimator>, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final VaeParamSet declared;

  /** An estimator of a uid of its own. */
  public VaeEstimator() {
    this(Identifiable.randomUID("vae"));
  }

  /** An estimator of a given uid. */
  public VaeEstimator(String uid) {
    // Before any Param, which asks its parent for it.
    this.uid = uid;
    declared = new VaeParamSet(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public VaeParamSet declared() {
    return declared;
  }

  public VaeEstimator setIdCol(String value) {
    return (VaeEstimator) set(idCol(), value);
  }

  public VaeEstimator setImageWidth(int value) {
    return (VaeEstimator) set(imageWidth(), value);
  }

  public VaeEstimator setImageHeight(int value) {
    return (VaeEstimator) set(imageHeight(), value);
  }

  public VaeEstimator setImageChannels(int value) {
    return (VaeEstimator) set(imageChannels(), value);
  }

  public VaeEstimator setBinarisation(String value) {
    return (VaeEstimator) set(binarisation(), value);
  }

  public VaeEstimator setLatentDim(int value) {
    return (VaeEstimator) set(latentDim(), value);
  }

  public VaeEstimator setHidden(int... value) {
    return (VaeEstimator) set(hidden(), value);
  }

  public VaeEstimator setEpochs(int value) {
    return (VaeEstimator) set(epochs(), value);
  }

  public VaeEstimator setBatchSize(int value) {
    return (VaeEstimator) set(batchSize(), value);
  }

  public VaeEstimator setLearningRate(double value) {
    return (VaeEstimator) set(learningRate(), value);
  }

  public VaeEstimator setShards(int value) {
    return (VaeEstimator) set(shards(), value);
  }

  public VaeEstimator setSeed(long value) {
    return (VaeEstimator) set(seed(), value);
  }

  public VaeEstimator setSettings(String value) {
    return (VaeEstimator) set(settings(), value);
  }

  public VaeEstimator setCheckpointDirectory(String value) {
    return (VaeEstimator) set(checkpointDirectory(), value);
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException where Params, settings or images are wrong, in one line
   */
  @Override
  public VaeModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    FittedVae fitted = new Fitting(this, dataset.toDF()).run();
    VaeModel model = new VaeModel(uid, fitted);
    copyValues(model, ParamMap.empty());
    fitted.describe(model);
    model.setParent(this);
    return model;
  }

  /**
   * The schema with the columns of the model that is to be fitted.
   *
   * @throws IllegalArgumentException where Params, settings or the schema are wrong, in one line
   */
  @Override
  public StructType transformSchema(StructType schema) {
    StructType added = columns().addTo(schema);
    if (!getIdCol().isEmpty()) {
      OutputColumns.require(schema, getIdCol(), "idCol");
    }
    return added;
  }

  /** Those of the model that the settings ask for, which has the default of samples set to suit. */
  private OutputColumns columns() {
    Model model = FitSettings.model(this);
    OutputColumns columns = OutputColumns.of(this);
    return isSet(samples()) || model.hasLogLikelihood()
        ? columns.suiting(model, getSamples())
        : columns.withoutSamples();
  }

  @Override
  public VaeEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** What reads an estimator that was saved. */
  public static MLReader<VaeEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator that was saved. */
  public static VaeEstimator load(String path) {
    return read().load(path);
  }
}
