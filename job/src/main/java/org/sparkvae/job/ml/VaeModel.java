package org.sparkvae.job.ml;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.compute.NativeLibraries;

/**
 * A trained model of images, which adds columns to a Dataset: each image's posterior mean, its log
 * p(x) with standard error and whether that can be trusted, and its reconstruction.
 *
 * <p>Noise is keyed by the seed and what an image holds, so that a row has the same result in
 * whichever partition and Dataset it lies; equal images have equal results.
 */
public class VaeModel extends Model<VaeModel>
    implements TransformParams<VaeModel>, FitParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final VaeParamSet declared;

  /** Of the driver: tasks get a plan and the parameters. */
  private final transient FittedVae fitted;

  VaeModel(String uid, FittedVae fitted) {
    // Before any Param, which asks its parent for it.
    this.uid = uid;
    this.fitted = fitted;
    declared = new VaeParamSet(this);
  }

  /**
   * The model of a run directory that the job or {@link VaeEstimator} left; of a run that is not
   * trained yet, that of its last checkpoint.
   *
   * @param uri any Hadoop URI
   * @throws IllegalArgumentException where there is no such run, in one line
   */
  public static VaeModel fromRun(String uri) {
    SparkSession spark = SparkSession.active();
    NativeLibraries.prepare();
    FittedVae fitted = FittedVae.ofRun(uri, spark);
    VaeModel model = new VaeModel(Identifiable.randomUID("vae"), fitted);
    fitted.describe(model);
    return model;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public VaeParamSet declared() {
    return declared;
  }

  /** What was fitted. */
  FittedVae fitted() {
    return fitted;
  }

  /**
   * Adds the columns. Spark computes them when they are asked for: a wrong image fails the task
   * that meets it, with one line in the cause of Spark's exception.
   *
   * @throws IllegalArgumentException where columns are missing, taken, or of another type
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    JavaSparkContext spark = new JavaSparkContext(dataset.sparkSession().sparkContext());
    Broadcast<float[]> parameters = spark.broadcast(fitted.parameters());
    return Transforming.of(this, dataset.toDF(), schema, parameters);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return OutputColumns.of(this).suiting(fitted.spec().model(), getSamples()).addTo(schema);
  }

  @Override
  public VaeModel copy(ParamMap extra) {
    VaeModel copy = new VaeModel(uid, fitted);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new VaeModelWriter(this);
  }

  /** What reads a model that was saved. */
  public static MLReader<VaeModel> read() {
    return new VaeModelReader();
  }

  /** Reads a model that was saved. */
  public static VaeModel load(String path) {
    return read().load(path);
  }
}
