package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.vae.ImageModel;

/**
 * A model, and images and codes that a test makes up.
 *
 * @param here the model
 * @param means of posteriors, [n][latent], the image's id its place
 * @param draws of them, likewise
 * @param labels [n], -1 for none
 * @param test images
 * @param training images
 */
record GivenSubject(
    ModelHere here,
    float[][] means,
    float[][] draws,
    int[] labels,
    List<SeenImage> test,
    List<SeenImage> training,
    Archive archive)
    implements Subject {
  private static final StructType CODES =
      new StructType()
          .add("id", LongType, false)
          .add("label", IntegerType, true)
          .add("label_name", StringType, true)
          .add("posterior_mean", createArrayType(FloatType, false), false)
          .add("posterior_sample", createArrayType(FloatType, false), false);

  /** With codes alone. */
  static GivenSubject ofCodes(float[][] means, float[][] draws, int[] labels) {
    return new GivenSubject(linear(), means, draws, labels, List.of(), List.of(), null);
  }

  /** With test images alone. */
  static GivenSubject ofImages(ModelHere here, List<SeenImage> test) {
    return new GivenSubject(
        here, new float[0][], new float[0][], new int[0], test, List.of(), null);
  }

  /** A model of two latent units, which decodes linearly. */
  static ModelHere linear() {
    return new ModelHere(
        LinearGaussian.SPEC, Nd4j.createFromArray(LinearGaussian.parameters(0, 1)), 3);
  }

  static SeenImage image(long id, int label, float[] values) {
    return new SeenImage(id, label, null, null, null, values, () -> values, null);
  }

  @Override
  public ImageModel model() {
    return here.spec();
  }

  @Override
  public long seed() {
    return here.seed();
  }

  @Override
  public List<Row> ofImages(int images, int together, Work work) {
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < test.size(); from += together) {
      rows.addAll(work.rows(here, test.subList(from, Math.min(test.size(), from + together))));
    }
    return rows;
  }

  @Override
  public Dataset<Row> codes() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      Integer label = labels[i] < 0 ? null : labels[i];
      rows.add(RowFactory.create((long) i, label, null, means[i], draws[i]));
    }
    return LocalSpark.session().createDataFrame(rows, CODES).coalesce(2);
  }

  @Override
  public JavaRDD<SeenImage> testImages() {
    return spread(test);
  }

  @Override
  public JavaRDD<SeenImage> trainingImages() {
    return spread(training);
  }

  private static JavaRDD<SeenImage> spread(List<SeenImage> images) {
    // Not the images themselves, which Kryo cannot write.
    List<Object[]> plain = new ArrayList<>();
    for (SeenImage image : images) {
      plain.add(new Object[] {image.id(), image.label(), image.values()});
    }
    return new JavaSparkContext(LocalSpark.session().sparkContext())
        .parallelize(plain, 3)
        .map(of -> image((long) of[0], (int) of[1], (float[]) of[2]));
  }

  @Override
  public <T> T inTask(Function<ModelHere, T> work) {
    return call(here, work);
  }

  @Override
  public <T> T inTask(int epoch, Function<ModelHere, T> work) {
    float[] parameters = archive.parameters(epoch);
    return call(new ModelHere(here.spec(), Nd4j.createFromArray(parameters), here.seed()), work);
  }

  @Override
  public <T> T inTask(Archive.OtherModel model, Function<ModelHere, T> work) {
    INDArray parameters = Nd4j.createFromArray(model.parameters());
    return call(new ModelHere(model.spec(), parameters, model.seed()), work);
  }

  private static <T> T call(ModelHere model, Function<ModelHere, T> work) {
    try {
      return work.call(model);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows as they would be read back. */
  static List<Row> stored(Analysis analysis, Subject subject) {
    return LocalSpark.session()
        .createDataFrame(analysis.rows(subject), analysis.columns())
        .orderBy(analysis.columns().fieldNames()[0])
        .collectAsList();
  }
}
