package org.sparkvae.job.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.dl4j.VaeNetwork;
import org.sparkvae.job.compute.ComputeConf;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/** What Params and images that are wrong are told in a line each. */
@ExtendWith(LocalSpark.class)
class WrongImagesTest {
  @TempDir private static Path folder;
  private static Dataset<Row> images;
  private static VaeModel model;

  @BeforeAll
  static void fit() {
    images = SmallImages.arrays(12).coalesce(1).cache();
    model = SmallImages.estimator().setShards(1).fit(images);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          featuresCol       | pixels | no column 'pixels'; set featuresCol to one of id, label, features
          featuresCol       | label  | column 'label' (featuresCol) is of type double; name one of Spark's image struct, vectors, or arrays of numbers
          latentCol         | LABEL  | column 'LABEL' is there already; set latentCol to another name, or to "" to leave it out
          logLikelihoodCol  | latent | column 'latent' is there already; set logLikelihoodCol to another name, or to "" to leave it out
          reconstructionCol | id     | column 'id' is there already; set reconstructionCol to another name, or to "" to leave it out
          """)
  void schemas(String param, String value, String message) {
    VaeEstimator vae = SmallImages.estimator();
    vae.set(vae.getParam(param), value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.transformSchema(images.schema()))
        .withMessage(message);
    VaeModel set = model.copy(ParamMap.empty());
    set.set(set.getParam(param), value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.transform(images))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          if(id = 3, null, features)                        | Dataset, row 3 (from 0) of partition 0: is null; mend or remove it, or set data.on-bad-image = skip to leave it out
          if(id = 3, slice(features, 1, 5), features)       | Dataset, row 3 (from 0) of partition 0: has 5 values where 4x4 grey needs 16; mend or remove it, or set data.on-bad-image = skip to leave it out
          if(id = 3, transform(features, x -> 300), features) | Dataset, row 3 (from 0) of partition 0: value 0 is 300, outside inputScale = 0..255; mend or remove it, or set data.on-bad-image = skip to leave it out
          transform(features, x -> x / 255)                 | Dataset: no value is above 1, where inputScale = 0..255 means values up to 255; set it to 0..1
          """)
  void imagesToFit(String features, String message) {
    Dataset<Row> wrong = images.withColumn("features", expr(features));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallImages.estimator().fit(wrong))
        .satisfies(e -> assertThat(e.getMessage()).matches(any(message)));
  }

  /** The number of the greatest value is the images' own. */
  private static String any(String message) {
    return Pattern.quote(message).replace("above 1,", "above \\E[01.]+\\Q,");
  }

  @Test
  void datasetsToFit() {
    VaeEstimator vae = SmallImages.estimator();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.fit(images.limit(0)))
        .withMessage("Dataset: has no rows or images; name another source");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SmallImages.estimator().setImageWidth(0).setImageHeight(0).fit(images.limit(0)))
        .withMessage("Dataset: has no rows; name another Dataset");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallImages.estimator().setIdCol("key").fit(images))
        .withMessage("no column 'key'; set idCol to one of id, label, features");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SmallImages.estimator().setIdCol("one").fit(images.withColumn("one", lit(1))))
        .withMessage("Dataset, id 1: two rows have this id; give every row its own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallImages.estimator().setShards(13).fit(images))
        .withMessageContaining("12 training images are too few for 13 shards");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          if(id = 3, null, features)      | column 'features', row 3 (from 0) of partition 0: is null; mend the image or leave its row out
          slice(features, 1, 5)           | column 'features', row 0 (from 0) of partition 0: has 5 values where 4x4 grey needs 16; mend the image or leave its row out
          transform(features, x -> x - 40) | column 'features', row 0 (from 0) of partition 0: value 2 is -
          """)
  void imagesToTransform(String features, String message) {
    Dataset<Row> wrong = images.withColumn("features", expr(features));
    Throwable thrown = catchThrowable(() -> model.transform(wrong).collectAsList());
    assertThat(ExceptionUtils.getRootCause(thrown))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatIsNoModelIsNotLoaded() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaeModel.fromRun(folder.resolve("nothing").toString()))
        .withMessageStartingWith("VaeModel.fromRun file:")
        .withMessageEndingWith("holds no run: name the directory of one");
    Path saved = folder.resolve("saved");
    model.write().save(saved.toString());
    Files.write(saved.resolve("model.zip"), new byte[] {1, 2, 3});
    Files.deleteIfExists(saved.resolve(".model.zip.crc"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaeModel.load(saved.toString()))
        .withMessageContaining("model.zip: is no model (");
    Files.delete(saved.resolve("model.zip"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VaeModel.load(saved.toString()))
        .withMessageContaining("model.zip: is missing; restore the file, or save the model again");
  }

  @Test
  void aSaveThatFailsLeavesNothing() throws IOException {
    Path place = folder.resolve("half");
    VaeModel unsaved = new Nameless(model.fitted());
    assertThatThrownBy(() -> unsaved.write().save(place.toString())).hasMessage("no name");
    assertThat(place).doesNotExist();
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> model.write().save(file.resolve("model").toString()))
        .hasMessageStartingWith("the model cannot be saved in " + file);
  }

  @Test
  void modelsWithoutALogLikelihoodDrawNoSamples() {
    FittedVae autoencoder = untrained(new VaeEstimator().setSettings("model.type = autoencoder"));
    VaeModel codes = new VaeModel("codes", autoencoder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codes.transform(images))
        .withMessage(
            "samples is 500, but the model is an autoencoder, which has no log p(x): set samples to 0");
    autoencoder.describe(codes);
    assertThat(codes.transform(images).first().schema().fieldNames())
        .containsExactly("id", "label", "features", "latent");
  }

  @Test
  void anEstimatorKnowsOfAModelWithoutALogLikelihoodBeforeItIsFitted() {
    VaeEstimator vae = SmallImages.estimator().setSettings("model.type = autoencoder");
    if (vae.isSet(vae.samples())) {
      vae.clear(vae.samples());
    }
    assertThat(vae.transformSchema(images.schema()).fieldNames())
        .containsExactly("id", "label", "features", "latent");
    VaeEstimator estimating = vae.setSamples(20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> estimating.fit(images))
        .withMessage(
            "samples is 20, but the model is an autoencoder, which has no log p(x): set samples to 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> vae.setSettings("model.type = autocoder").transformSchema(images.schema()))
        .withMessageStartingWith("settings:1: model.type is \"autocoder\"");
  }

  private static FittedVae untrained(VaeEstimator vae) {
    ComputeSettings compute = ComputeConf.read(new SparkConf(false));
    JobSettings settings =
        new FitSettings(vae, new FitSettings.Place("Dataset", "runs/x", compute)).read();
    ImageModel spec =
        new ImageModel(new Shape(SmallImages.SIDE, SmallImages.SIDE, 1), settings.model());
    return new FittedVae(
        VaeNetwork.create(
            spec,
            new ObjectiveSpec(settings.training().bound(), 12, 0),
            settings.training().optimiser(),
            1e-3,
            1),
        settings);
  }

  @Test
  void columnsOfEstimates() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLikelihoodEvaluator().evaluate(images))
        .withMessage(
            "no column 'logLikelihood' of doubles; set logLikelihoodCol to the one of VaeModel, and its samples above 0");
    Dataset<Row> none =
        LocalSpark.session()
            .createDataFrame(List.<Row>of(), StructType.fromDDL("logLikelihood double"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLikelihoodEvaluator().evaluate(none))
        .withMessage("column 'logLikelihood' holds no estimate of log p(x): there are no rows");
  }

  @Test
  void nestedArraysTellTheirShape() {
    Dataset<Row> nested =
        images.withColumn(
            "features",
            array(
                expr("slice(features, 1, 4)"),
                expr("slice(features, 5, 4)"),
                expr("slice(features, 9, 4)"),
                expr("slice(features, 13, 4)")));
    VaeEstimator vae = SmallImages.estimator().setImageWidth(0).setImageHeight(0).setShards(1);
    assertThat(vae.fit(nested).fitted().parameters()).isEqualTo(model.fitted().parameters());
    Dataset<Row> ofChannelsFirst = nested.withColumn("features", array(col("features")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.fit(ofChannelsFirst))
        .withMessage(
            "Dataset: column 'features' holds no usable image: the first is 1 x 4 x 4, but"
                + " channels, 1 or 3, must be innermost; transpose all to 4 x 4 x 1");
    Dataset<Row> ofNulls = nested.withColumn("features", expr("if(true, null, features)"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vae.fit(ofNulls))
        .withMessage(
            "Dataset: column 'features' holds no usable image; name another Dataset or column");
  }

  /** A model whose metadata, which are written last, cannot be. */
  private static final class Nameless extends VaeModel {
    private static final long serialVersionUID = 1L;

    private final boolean made;

    Nameless(FittedVae fitted) {
      super("vae", fitted);
      made = true;
    }

    @Override
    public String uid() {
      if (made) {
        throw new IllegalStateException("no name");
      }
      return super.uid();
    }
  }
}
