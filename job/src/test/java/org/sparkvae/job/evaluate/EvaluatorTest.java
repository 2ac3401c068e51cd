package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.IdRanges;
import org.sparkvae.job.evaluate.scoring.ImageIds;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.scoring.WorkPlan;
import org.sparkvae.job.evaluate.summary.EvaluationSummary;
import org.sparkvae.job.evaluate.table.EvaluationRows;
import org.sparkvae.job.evaluate.table.ScoreTable;
import org.sparkvae.job.fixtures.ExactBits;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.likelihood.Bernoulli;
import org.sparkvae.network.Mlp;
import org.sparkvae.network.Shape;
import org.sparkvae.tensor.kernels.Activation;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Vae;

class EvaluatorTest {
  private static final int IMAGES = 23;
  private static final int SAMPLES = 137;
  private static final int BLOCK = 25;
  private static final Mlp BODY = new Mlp(List.of(8), Activation.TANH);
  private static final ImageModel SPEC =
      new ImageModel(Shape.vector(12), new Vae(3, BODY, BODY, new Bernoulli()));

  private static SparkSession session;
  private static JavaSparkContext spark;
  private static List<ImageScore> whole;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[4]")
            .config("spark.ui.enabled", false)
            // As a cluster may have it: a run's tables are marked all the same.
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    whole = evaluate(1, 1, 1).scores().collect();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @Test
  void joinsOnlyScoresOfAllImages() throws IOException {
    Evaluator evaluator = evaluator(SAMPLES, (done, images) -> {});
    ImageIds ids = evaluator.ids(images(1));
    List<ImageScore> fewer = whole.subList(1, IMAGES);

    assertThat(evaluator.join(spark.parallelize(whole), ids, SPEC).summary().images())
        .isEqualTo(IMAGES);
    assertThatThrownBy(() -> evaluator.join(spark.parallelize(fewer), ids, SPEC))
        .isInstanceOf(IOException.class)
        .hasMessage("22 of 23 rows came");
  }

  /** Ids that neither begin at 0 nor rise with the position. */
  private static long id(int image) {
    return 1000 + (image * 11L) % IMAGES;
  }

  private static ImageSet images(int partitions) {
    Random random = new Random(3);
    List<ImageBlock> blocks = new ArrayList<>();
    for (int from = 0; from < IMAGES; from += 3) {
      int[] images = IntStream.range(from, Math.min(IMAGES, from + 3)).toArray();
      byte[] pixels = new byte[images.length * SPEC.x().values()];
      random.nextBytes(pixels);
      ImageBlock block =
          new ImageBlock(
              Arrays.stream(images).mapToLong(EvaluatorTest::id).toArray(),
              Arrays.stream(images).map(i -> i % 2 == 0 ? -1 : i).toArray(),
              pixels);
      for (int i = 0; i < images.length && from > 0; i++) {
        block.name(i, new ImageName("/a/" + images[i], i == 0 ? null : "b" + i));
      }
      blocks.add(block);
    }
    return set(blocks, partitions);
  }

  private static ImageSet set(List<ImageBlock> blocks, int partitions) {
    return new ImageSet(
        new ImageShape(4, 3, 1),
        blocks.stream().mapToInt(ImageBlock::size).sum(),
        partitions,
        spark.parallelize(blocks, partitions),
        Map.of());
  }

  private static float[] parameters() {
    float[] mean = new float[SPEC.x().values()];
    Arrays.fill(mean, 0.4f);
    INDArray parameters = Nd4j.create(1, SPEC.parameters());
    SPEC.initialise(7, mean, parameters);
    return parameters.dup().data().asFloat();
  }

  private static Evaluator evaluator(int samples, EvaluationListener listener) {
    return evaluator(new EvaluationSettings(samples, BLOCK, 0), listener);
  }

  private static Evaluator evaluator(EvaluationSettings settings, EvaluationListener listener) {
    return new Evaluator(spark, settings, new Binariser.Dynamic(17), 17, listener);
  }

  private static Evaluation evaluate(int partitions, int groups, int chunks) {
    return evaluator(SAMPLES, (done, images) -> {})
        .evaluate(
            images(partitions),
            SPEC,
            parameters(),
            images -> new WorkPlan(images, SAMPLES, BLOCK, groups, chunks));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 13})
  void partitionsOfTheImagesDoNotChangeABit(int partitions) {
    assertThat(evaluate(partitions, 5, 1).scores().collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource({"23, 1", "2, 1", "23, 6", "23, 4", "5, 3", "1, 6"})
  void tasksDoNotChangeABit(int groups, int chunks) {
    Evaluation evaluation = evaluate(2, groups, chunks);

    assertThat(evaluation.scores().collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .isEqualTo(whole);
    assertThat(evaluation.summary())
        .usingRecursiveComparison(ExactBits.everywhere())
        .isEqualTo(evaluate(1, 1, 1).summary());
  }

  @Test
  void anotherStreamDrawsOtherSamplesOfTheSameImages() {
    List<ImageScore> other =
        evaluator(new EvaluationSettings(SAMPLES, BLOCK, 1), (done, images) -> {})
            .evaluate(images(2), SPEC, parameters())
            .scores()
            .collect();

    for (int i = 0; i < IMAGES; i++) {
      assertThat(other.get(i).id()).isEqualTo(whole.get(i).id());
      assertThat(other.get(i).elbo().kl()).isEqualTo(whole.get(i).elbo().kl());
      assertThat(other.get(i).logLikelihood().estimate())
          .isNotEqualTo(whole.get(i).logLikelihood().estimate());
    }
  }

  @Test
  void everyImageHasItsRowInTheOrderOfIds() {
    assertThat(whole)
        .extracting(ImageScore::id)
        .containsExactlyElementsOf(LongStream.range(1000, 1000 + IMAGES).boxed().toList());
    for (int i = 0; i < IMAGES; i++) {
      ImageScore score = whole.get((int) (id(i) - 1000));
      assertThat(score.image().label()).isEqualTo(i % 2 == 0 ? -1 : i);
    }
    assertThat(whole).extracting(score -> score.logLikelihood().estimate()).doesNotHaveDuplicates();
  }

  @Test
  void rangesOfIdsHoldNearlyEqualNumbersInOrder() {
    IdRanges ranges = ImageIds.of(images(2).blocks(), Map.of()).ranges(8);
    int[] partitions =
        LongStream.range(1000, 1000 + IMAGES).mapToInt(ranges::getPartition).toArray();

    assertThat(ranges.numPartitions()).isEqualTo(3);
    assertThat(partitions).isSorted();
    assertThat(IntStream.of(partitions).filter(p -> p == 0).count()).isEqualTo(7);
    assertThat(IntStream.of(partitions).filter(p -> p == 1).count()).isEqualTo(8);
    assertThat(IntStream.of(partitions).filter(p -> p == 2).count()).isEqualTo(8);
  }

  @Test
  void parquetReadsBackAsDocumented(@TempDir Path folder) {
    String path = folder.resolve("evaluation.parquet").toString();
    new ScoreTable(session, "mark", Map.of(1, "one"))
        .write(evaluate(2, 4, 2).scores(), IMAGES, new org.apache.hadoop.fs.Path(path));

    assertThat(folder.resolve("evaluation.parquet/_SUCCESS")).exists();
    List<Row> rows = session.read().parquet(path).collectAsList();
    assertThat(session.read().parquet(path).schema().asNullable())
        .isEqualTo(EvaluationRows.marked("mark", 1).asNullable());
    assertThat(rows).hasSize(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      Row row = rows.get(i);
      ImageScore score = whole.get(i);
      assertThat(row.<Long>getAs("id")).isEqualTo(score.id());
      assertThat(row.<Integer>getAs("label"))
          .isEqualTo(score.image().label() < 0 ? null : (Integer) score.image().label());
      assertThat(row.<String>getAs("label_name"))
          .isEqualTo(score.image().label() == 1 ? "one" : null);
      assertThat(row.<String>getAs("id_text")).isEqualTo(score.image().name().idText());
      assertThat(row.<String>getAs("path")).isEqualTo(score.image().name().path());
      assertThat(row.<Double>getAs("log_likelihood")).isEqualTo(score.logLikelihood().estimate());
      assertThat(row.<Double>getAs("standard_error"))
          .isEqualTo(score.logLikelihood().standardError());
      assertThat(row.<Double>getAs("effective_samples"))
          .isEqualTo(score.logLikelihood().diagnosis().effectiveSamples());
      assertThat(row.<Double>getAs("pareto_k"))
          .isFinite()
          .isEqualTo(score.logLikelihood().diagnosis().paretoK());
      assertThat(row.<Boolean>getAs("reliable"))
          .isEqualTo(score.logLikelihood().diagnosis().reliable());
      assertThat(row.<Double>getAs("elbo")).isEqualTo(score.elbo().value());
      assertThat(row.<Double>getAs("reconstruction")).isEqualTo(score.elbo().reconstruction());
      assertThat(row.<Double>getAs("kl")).isEqualTo(score.elbo().kl());
      assertThat(row.<Row>getList(row.fieldIndex("curve")))
          .extracting(point -> new CurvePoint(point.getInt(0), point.getDouble(1)))
          .isEqualTo(score.logLikelihood().diagnosis().curve());
      assertThat(row.<Float>getList(row.fieldIndex("posterior_mean")))
          .isEqualTo(boxed(score.posterior().mean()));
      assertThat(row.<Float>getList(row.fieldIndex("posterior_standard_deviation")))
          .isEqualTo(boxed(score.posterior().standardDeviation()));
    }
  }

  @Test
  void keepsTheNamesOfImages() {
    assertThat(whole.stream().filter(score -> score.image().name().equals(ImageName.NONE)))
        .hasSize(3);
    assertThat(whole)
        .filteredOn(score -> score.id() == id(4))
        .extracting(score -> score.image().name())
        .containsExactly(new ImageName("/a/4", "b1"));
  }

  @Test
  void aTableOfAVersionWithoutNamesAndTailsIsRead(@TempDir Path folder) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve("named").toUri());
    new ScoreTable(session, "mark", Map.of(1, "one"))
        .write(evaluate(1, 1, 1).scores(), IMAGES, path);
    String old = folder.resolve("old").toString();
    session
        .read()
        .parquet(path.toString())
        .drop("label_name", "id_text", "path", "pareto_k", "reliable", "exact_log_likelihood")
        .write()
        .parquet(old);

    List<ImageScore> scores =
        new ArrayList<>(
            ScoreTable.read(session, List.of(new org.apache.hadoop.fs.Path(old))).collect());
    scores.sort(Comparator.comparingLong(ImageScore::id));

    assertThat(scores)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
            "image.name",
            "logLikelihood.exact",
            "logLikelihood.diagnosis.paretoK",
            "logLikelihood.diagnosis.reliable")
        .isEqualTo(whole);
    assertThat(scores).extracting(score -> score.logLikelihood().exact()).containsOnly(Double.NaN);
    assertThat(scores)
        .extracting(score -> score.logLikelihood().diagnosis())
        .allMatch(of -> Double.isNaN(of.paretoK()) && !of.reliable());
    assertThat(scores).extracting(score -> score.image().name()).containsOnly(ImageName.NONE);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>();
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  @Test
  void oneSampleLeavesTheStandardErrorNull() {
    Evaluation evaluation =
        evaluator(1, (done, images) -> {}).evaluate(images(2), SPEC, parameters());

    int at = EvaluationRows.SCHEMA.fieldIndex("standard_error");
    assertThat(
            evaluation
                .scores()
                .map(score -> EvaluationRows.of(score, Map.of()))
                .filter(row -> row.isNullAt(at))
                .count())
        .isEqualTo(IMAGES);
  }

  @Test
  void anEstimateWithoutImportanceWeightsHasNoDiagnosis(@TempDir Path folder) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve("none").toUri());
    ImageScore score = whole.get(0);
    ImageScore other =
        new ImageScore(
            score.image(),
            new ImageScore.LogLikelihood(-7, 0.5, null),
            score.elbo(),
            score.posterior());

    new ScoreTable(session, "mark", Map.of()).write(spark.parallelize(List.of(other)), 1, path);

    Row row = session.read().parquet(path.toString()).first();
    for (String column : List.of("effective_samples", "pareto_k", "reliable", "curve")) {
      assertThat(row.<Object>getAs(column)).as(column).isNull();
    }
    assertThat(ScoreTable.read(session, List.of(path)).collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .containsExactly(other);
  }

  @Test
  void theMeansOfEveryLayerAreStored(@TempDir Path folder) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve("three").toUri());
    ImageScore score = whole.get(0);
    List<float[]> above = List.of(new float[] {1, 2, 3}, new float[] {4});
    ImageScore layered =
        new ImageScore(
            score.image(),
            score.logLikelihood(),
            score.elbo(),
            new ImageScore.PosteriorMoments(
                score.posterior().mean(), score.posterior().standardDeviation(), above));

    new ScoreTable(session, "mark", Map.of(), 3)
        .write(spark.parallelize(List.of(layered)), 1, path);

    Row row = session.read().parquet(path.toString()).first();
    assertThat(row.<Float>getList(row.fieldIndex("posterior_mean_2"))).containsExactly(1f, 2f, 3f);
    assertThat(row.<Float>getList(row.fieldIndex("posterior_mean_3"))).containsExactly(4f);
    assertThat(ScoreTable.read(session, List.of(path), 3).collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .containsExactly(layered);
    assertThat(ScoreTable.read(session, List.of(path)).collect())
        .usingRecursiveFieldByFieldElementComparator(ExactBits.everywhere())
        .containsExactly(score);
  }

  @Test
  void binarisedImagesHaveBitsPerDimension() {
    EvaluationSummary summary = evaluate(1, 1, 1).summary();

    assertThat(summary.nll().bitsPerDimension())
        .isCloseTo(summary.nll().mean() / (12 * Math.log(2)), within(1e-12));
  }

  @Test
  void progressRisesToAllImages() {
    List<Long> done = new ArrayList<>();
    evaluator(SAMPLES, (images, all) -> done.add(images)).evaluate(images(2), SPEC, parameters());

    assertThat(done).isSorted().endsWith((long) IMAGES);
  }

  @Test
  void anImageWhoseWeightsAreBrokenIsNamed() {
    // The first pixel, where it is on, makes the posterior's variance infinite.
    ImageModel linear =
        new ImageModel(
            Shape.vector(2),
            new Vae(1, new Mlp(List.of(), Activation.TANH), BODY, new Bernoulli()));
    float[] parameters = new float[(int) linear.parameters()];
    Arrays.fill(parameters, 0.1f);
    parameters[(int) linear.layout().block("posterior.weight").offset() + 1] = 1e38f;
    byte on = (byte) 255;
    ImageBlock block =
        new ImageBlock(new long[] {3, 44, 5}, new int[3], new byte[] {0, on, on, 0, 0, 0});

    assertThatThrownBy(
            () ->
                evaluator(SAMPLES, (done, images) -> {})
                    .evaluate(set(List.of(block), 1), linear, parameters))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("log p(x) cannot be estimated for image 44:");
  }

  @Test
  void anIdThatTwoImagesHaveIsRefused() {
    ImageBlock block = new ImageBlock(new long[] {1, 8, 8}, new int[3], new byte[36]);

    assertThatThrownBy(
            () ->
                evaluator(SAMPLES, (done, images) -> {})
                    .evaluate(set(List.of(block), 1), SPEC, parameters()))
        .isInstanceOf(DataException.class)
        .hasMessage("two test images have the id 8; ids must be unique");
  }

  @Test
  void noImagesAreRefused() {
    assertThatThrownBy(
            () ->
                evaluator(SAMPLES, (done, images) -> {})
                    .evaluate(set(List.of(), 1), SPEC, parameters()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no images");
  }
}
