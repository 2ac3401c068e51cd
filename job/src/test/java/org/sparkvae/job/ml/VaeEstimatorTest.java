package org.sparkvae.job.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.JobStages;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.settings.reading.SettingsReader;

@ExtendWith(LocalSpark.class)
class VaeEstimatorTest {
  private static final int IMAGES = 60;

  @TempDir private static Path folder;
  private static Dataset<Row> images;
  private static VaeModel model;

  @BeforeAll
  static void fit() {
    images = SmallImages.arrays(IMAGES).cache();
    model = SmallImages.estimator().fit(images);
  }

  @Test
  void fitsTheBitsOfTheJob() throws IOException {
    String table = folder.resolve("table").toString();
    images.coalesce(1).write().parquet(table);
    job(
        """
        pipeline = [train]
        data.train { source = parquet, path = "%s", column = features, width = 4, height = 4 }
        data.shards = 2
        model { latent = 2, encoder.hidden = [8], decoder.hidden = [8] }
        training { epochs = 1, batch = 10, averaging.every = 2 }
        """
            .formatted(table),
        "job");
    VaeModel ofJob = VaeModel.fromRun(folder.resolve("job").toString());
    Dataset<Row> read = LocalSpark.session().read().parquet(table);
    assertThat(parameters(SmallImages.estimator().fit(read))).isEqualTo(parameters(ofJob));
    assertThat(ofJob.getLatentDim()).isEqualTo(2);
    assertThat(ofJob.getHidden()).containsExactly(8);
    assertThat(ofJob.getBatchSize()).isEqualTo(10);
  }

  @Test
  void readsVectorsAndStructsAndArraysAlike() {
    VaeEstimator ofRows = SmallImages.estimator().setImageWidth(0).setImageHeight(0);
    VaeModel strips = ofRows.fit(SmallImages.vectors(IMAGES));
    assertThat(parameters(strips)).isEqualTo(parameters(model));
    assertThat(strips.getImageWidth()).isEqualTo(SmallImages.PIXELS);
    assertThat(strips.getImageHeight()).isEqualTo(1);
    List<Row> expected = latents(SmallImages.arrays(5));
    assertThat(latents(SmallImages.vectors(5))).isEqualTo(expected);
    assertThat(latents(SmallImages.structs(5))).isEqualTo(expected);
  }

  @Test
  void columnsMayHaveAnyName() {
    String name = "pi`x.els";
    VaeEstimator odd =
        SmallImages.estimator().setFeaturesCol(name).setImageWidth(0).setImageHeight(0);
    Dataset<Row> numbers = images.withColumnRenamed("features", name);
    VaeModel ofNumbers = odd.fit(numbers);
    assertThat(parameters(ofNumbers)).isEqualTo(parameters(model));
    assertThat(parameters(odd.fit(SmallImages.structs(IMAGES).withColumnRenamed("features", name))))
        .isEqualTo(parameters(model));

    Dataset<Row> scored = ofNumbers.setLogLikelihoodCol("log`p").transform(numbers);
    double mean = new LogLikelihoodEvaluator().setLogLikelihoodCol("log`p").evaluate(scored);
    assertThat(mean).isNegative();
  }

  @Test
  void aFitThatFailsLeavesNoImagesInTheSession() {
    JavaSparkContext spark = new JavaSparkContext(LocalSpark.session().sparkContext());
    Set<Integer> kept = Set.copyOf(spark.getPersistentRDDs().keySet());
    VaeEstimator diverging =
        SmallImages.estimator()
            .setSettings("training.optimiser { type = sgd, learning-rate = 1e30 }")
            .setCheckpointDirectory(folder.resolve("diverged").toString());

    assertThatThrownBy(() -> diverging.fit(images)).hasMessageContaining("training diverged");

    assertThat(spark.getPersistentRDDs().keySet()).isSubsetOf(kept);
  }

  @Test
  void aFitThatIsRefusedForItsImagesLeavesNoneInTheSession() {
    JavaSparkContext spark = new JavaSparkContext(LocalSpark.session().sparkContext());
    String other = folder.resolve("wider").toString();
    SmallImages.estimator().setLatentDim(3).setCheckpointDirectory(other).fit(images);
    Set<Integer> kept = Set.copyOf(spark.getPersistentRDDs().keySet());
    VaeEstimator unlike =
        SmallImages.estimator().setSettings("training.start-from = \"" + other + "\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unlike.fit(images))
        .withMessageContaining("holds another model");

    assertThat(spark.getPersistentRDDs().keySet()).isSubsetOf(kept);
  }

  @Test
  void aFitLeavesTheSessionsJobDescription() {
    SparkContext context = LocalSpark.session().sparkContext();
    context.setJobDescription("mine");
    try {
      SmallImages.estimator().fit(images);
      assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("mine");
    } finally {
      context.setJobDescription(null);
    }
  }

  @Test
  void ordersByIdWhereThereIsOne() {
    VaeEstimator byId = SmallImages.estimator().setIdCol("id");
    Dataset<Row> shuffled = images.orderBy(col("label"), col("id").desc());
    assertThat(parameters(byId.fit(shuffled))).isEqualTo(parameters(model));
  }

  @Test
  void aRowHasTheSameResultsInAnyPartition() {
    model.setReconstructionCol("reconstruction");
    List<Row> once = rows(model.transform(images)).collectAsList();
    List<Row> again = rows(model.transform(images.repartition(5))).collectAsList();
    model.setReconstructionCol("");
    assertThat(again).isEqualTo(once);
    Row row = once.get(0);
    assertThat(row.schema().fieldNames())
        .containsExactly(
            "id",
            "label",
            "features",
            "latent",
            "logLikelihood",
            "standardError",
            "reliable",
            "reconstruction");
    assertThat(row.<Vector>getAs("latent").size()).isEqualTo(2);
    assertThat(row.<Double>getAs("logLikelihood")).isNegative();
    assertThat(row.<Double>getAs("standardError")).isPositive();
    assertThat(row.<Boolean>getAs("reliable")).isNotNull();
    assertThat(DoubleStream.of(row.<Vector>getAs("reconstruction").toArray()).boxed())
        .hasSize(SmallImages.PIXELS)
        .allMatch(value -> value >= 0 && value <= 255);
  }

  @Test
  void goesOnInACheckpointDirectoryThatTheJobEvaluates() throws IOException {
    String directory = folder.resolve("kept").toString();
    VaeEstimator kept = SmallImages.estimator().setCheckpointDirectory(directory);
    assertThat(parameters(kept.fit(images))).isEqualTo(parameters(model));
    VaeModel longer = kept.setEpochs(2).fit(images);
    assertThat(longer.getEpochs()).isEqualTo(2);
    assertThat(parameters(longer))
        .isEqualTo(parameters(SmallImages.estimator().setEpochs(2).fit(images)));
    assertThat(parameters(kept.setSamples(9).fit(images))).isEqualTo(parameters(longer));
    Dataset<Row> reversed = images.orderBy(images.col("id").desc());
    assertThat(kept.setEpochs(3).fit(reversed).getEpochs()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kept.fit(images.limit(IMAGES - 1)))
        .withMessageContaining("holds a run with other values of data.train.path");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kept.copy(ParamMap.empty()).setLatentDim(3).fit(images))
        .withMessageContaining("holds a run with other values of model.latent");

    String table = folder.resolve("tested").toString();
    SmallImages.arrays(4).coalesce(1).write().parquet(table);
    job(
        """
        pipeline = [evaluate]
        evaluation { samples = 30, block = 30 }
        data.test { source = parquet, path = "%s", column = features, width = 4, height = 4 }
        """
            .formatted(table),
        "kept");
    assertThat(folder.resolve("kept/summary.json")).content().contains("test_nll");
  }

  @Test
  void isAStageOfPipelinesThatAreSavedAndLoaded() throws IOException {
    VaeEstimator vae = SmallImages.estimator().setSamples(0);
    LogisticRegression regression = new LogisticRegression().setFeaturesCol("latent").setMaxIter(3);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {vae, regression});
    String path = folder.resolve("pipeline").toString();
    pipeline.write().save(path);
    PipelineModel fitted = Pipeline.load(path).fit(SmallImages.structs(IMAGES));
    assertThat(parameters((VaeModel) fitted.stages()[0])).isEqualTo(parameters(model));
    String place = folder.resolve("pipeline-model").toString();
    fitted.write().save(place);
    PipelineModel loaded = PipelineModel.load(place);
    List<Row> expected = rows(fitted.transform(images)).select("prediction").collectAsList();
    assertThat(rows(loaded.transform(images)).select("prediction").collectAsList())
        .isEqualTo(expected);
    VaeModel stage = (VaeModel) loaded.stages()[0];
    assertThat(stage.uid()).isEqualTo(vae.uid());
    assertThat(stage.getSamples()).isZero();
    assertThat(stage.transform(images).columns())
        .containsExactly("id", "label", "features", "latent");
  }

  @Test
  void crossValidatorChoosesAmongModels() {
    VaeEstimator vae = SmallImages.estimator();
    ParamMap[] grid = new ParamGridBuilder().addGrid(vae.latentDim(), new int[] {1, 3}).build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(vae)
            .setEvaluator(new LogLikelihoodEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .fit(images);
    assertThat(DoubleStream.of(chosen.avgMetrics()).boxed()).hasSize(2).allMatch(mean -> mean < 0);
    int best = chosen.avgMetrics()[0] > chosen.avgMetrics()[1] ? 1 : 3;
    assertThat(((VaeModel) chosen.bestModel()).getLatentDim()).isEqualTo(best);
  }

  @Test
  void savesWhatDeeplearning4jRestores() throws Exception {
    Path path = folder.resolve("model");
    model.write().overwrite().save(path.toString());
    VaeModel loaded = VaeModel.load(path.toString());
    assertThat(parameters(loaded)).isEqualTo(parameters(model));
    assertThat(loaded.explainParams().replaceAll("\\[I@\\w+", "widths"))
        .isEqualTo(model.explainParams().replaceAll("\\[I@\\w+", "widths"));
    assertThat(loaded.getHidden()).isEqualTo(model.getHidden());
    assertThat(rows(loaded.transform(images)).collectAsList())
        .isEqualTo(rows(model.transform(images)).collectAsList());
    assertThat(
            ModelSerializer.restoreMultiLayerNetwork(path.resolve("model.zip").toFile())
                .params()
                .toFloatVector())
        .isEqualTo(parameters(model));
  }

  @Test
  void aCopyHasTheParamsAndTheParent() {
    VaeModel copy = model.copy(ParamMap.empty().put(model.samples(), 7));
    assertThat(copy.getSamples()).isEqualTo(7);
    assertThat(copy.getLatentDim()).isEqualTo(2);
    assertThat(copy.parent()).isSameAs(model.parent());
    assertThat(copy.uid()).isEqualTo(model.uid());
  }

  @Test
  void resizesArraysAsThoseThatItWasFittedTo() throws IOException {
    String resize = "data.resize { mode = stretch, width = 2, height = 2 }";
    List<Row> expected = null;
    for (int width : new int[] {SmallImages.SIDE, 0}) {
      VaeEstimator vae =
          SmallImages.estimator().setImageWidth(width).setImageHeight(width).setSettings(resize);
      Dataset<Row> arrays = width == 0 ? nested() : SmallImages.vectors(IMAGES);
      VaeModel resized = vae.fit(arrays);
      assertThat(resized.getImageWidth()).isEqualTo(2);
      String path = folder.resolve("resized-" + width).toString();
      resized.save(path);
      List<Row> codes = latents(resized, arrays);
      assertThat(latents(VaeModel.load(path), arrays)).isEqualTo(codes);
      assertThat(latents(resized, SmallImages.structs(IMAGES))).isEqualTo(codes);
      assertThat(expected == null ? codes : expected).isEqualTo(codes);
      expected = codes;
    }
  }

  private static Dataset<Row> nested() {
    String rows = "transform(sequence(0, 3), i -> slice(features, 4 * i + 1, 4))";
    return images.select(col("id"), expr(rows).as("features"));
  }

  @Test
  void settingsReachEveryModel() {
    VaeEstimator vae =
        SmallImages.estimator()
            .setBinarisation("none")
            .setSettings("model { type = ppca, latent = 3 }")
            .setLatentDim(3);
    vae.clear(vae.hidden());
    VaeModel linear = vae.fit(images);
    assertThat(linear.getLatentDim()).isEqualTo(3);
    assertThat(linear.getHidden()).isEmpty();
    Row row = linear.transform(images).first();
    assertThat(row.<Vector>getAs("latent").size()).isEqualTo(3);
    assertThat(row.<Double>getAs("standardError")).isZero();
    assertThat(row.<Boolean>getAs("reliable")).isTrue();
  }

  private static List<Row> latents(Dataset<Row> of) {
    return latents(model, of);
  }

  private static List<Row> latents(VaeModel by, Dataset<Row> of) {
    return rows(by.transform(of)).select("latent", "logLikelihood").collectAsList();
  }

  private static float[] parameters(VaeModel of) {
    return of.fitted().parameters();
  }

  private static Dataset<Row> rows(Dataset<Row> of) {
    return of.orderBy("id");
  }

  private static void job(String settings, String run) throws IOException {
    Path conf = Files.writeString(folder.resolve(run + ".conf"), settings);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    new JobStages(nowhere, nowhere)
        .run(
            LocalSpark.session(),
            SettingsReader.read(
                conf.toString(),
                List.of("run.directory=" + folder.resolve(run), "report.pictures=false")));
  }
}
