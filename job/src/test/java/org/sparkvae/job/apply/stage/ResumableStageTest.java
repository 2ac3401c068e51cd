package org.sparkvae.job.apply.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.codec.Codec;
import org.sparkvae.job.apply.Application;
import org.sparkvae.job.apply.Encode;
import org.sparkvae.job.apply.Interpolate;
import org.sparkvae.job.apply.Reconstruct;
import org.sparkvae.job.apply.Sample;
import org.sparkvae.job.apply.Way;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.StageDirectory;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.data.shards.ShardStore;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.noise.Noise;

@ExtendWith(LocalSpark.class)
class ResumableStageTest {
  private static final int IMAGES = 230;
  private static final long SEED = 11;
  private static final ImageBlock ALL = LinearGaussian.images(IMAGES);
  private static final Encode ENCODE = new Encode(Application.IN_THE_RUN);
  private static final Reconstruct RECONSTRUCT = new Reconstruct(Application.IN_THE_RUN, 0);

  @TempDir private Path folder;
  private final List<String> heard = new ArrayList<>();
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = open("run");
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  private RunDirectory open(String name) {
    return RunDirectory.open(folder.resolve(name).toString(), new Configuration(), "test");
  }

  private static AppliedModel model(double shift) {
    return new AppliedModel(
        LinearGaussian.SPEC,
        LinearGaussian.parameters(shift, 1.5),
        new Binariser.Intensity(),
        SEED);
  }

  private static Codec codec(AppliedModel model) {
    return new Codec(model.spec(), Nd4j.createFromArray(model.parameters()));
  }

  /** All images, position p in shard p modulo, those of the last positions first. */
  private static Optional<ImageSet> images(int shards) {
    List<List<ImageBlock>> cut = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<ImageBlock> blocks = new ArrayList<>();
      for (int position = shard; position < IMAGES; position += shards) {
        blocks.add(ALL.alone(IMAGES - 1 - position));
      }
      cut.add(blocks);
    }
    JavaSparkContext spark = new JavaSparkContext(LocalSpark.session().sparkContext());
    return Optional.of(
        new ImageSet(
            new ImageShape(LinearGaussian.PIXELS, 1, 1),
            IMAGES,
            shards,
            spark.parallelize(cut, shards).flatMap(List::iterator),
            Map.of()));
  }

  private static ResumableStage stage(Application application, AppliedModel model, int shards) {
    return ResumableStage.of(
        LocalSpark.session(),
        application,
        model,
        images(shards).map(SetWithIds::new),
        Optional.empty());
  }

  private List<Row> rows(ResumableStage stage, StageDirectory directory, String... order)
      throws IOException {
    stage.run(directory, new Heard());
    return stage
        .table(directory)
        .orderBy(order[0], List.of(order).subList(1, order.length).toArray(String[]::new))
        .collectAsList();
  }

  private final class Heard implements StageListener {
    @Override
    public void progress(String stage, long done, long all) {
      assertThat(done).isBetween(0L, all);
    }

    @Override
    public void found(String stage, long found, long all) {
      heard.add(stage + " found " + found + " of " + all);
    }

    @Override
    public void kept(String stage, org.apache.hadoop.fs.Path place) {
      heard.add(stage + " kept " + place.getName());
    }
  }

  private static float[] floats(Row row, String column) {
    List<Float> list = row.getList(row.fieldIndex(column));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  @Test
  void anImagesRowIsTheSameHoweverTheWorkIsCut() throws IOException {
    List<Row> whole = rows(stage(ENCODE, model(0.5), 1), run.stage("encode"), "id");

    assertThat(whole).hasSize(IMAGES);
    for (int shards : new int[] {2, 7}) {
      try (RunDirectory other = open("other" + shards)) {
        ResumableStage cut = stage(ENCODE, model(0.5), shards).inSlices(3);
        assertThat(rows(cut, other.stage("encode"), "id")).isEqualTo(whole);
        assertThat(cut.mark()).isEqualTo(stage(ENCODE, model(0.5), 1).mark());
      }
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void aTaskTakesNoMoreImagesThanItsHeapHoldsWithTheirNames() throws IOException {
    ImageSet set = images(1).orElseThrow();
    // Two images of such names fill what a task may take.
    ImageSet named =
        new ImageSet(
            set.shape(), IMAGES, 1, set.blocks(), Map.of(), 1L << 25, new ShardStore.InMemory());
    StageDirectory directory = run.stage("encode");
    ResumableStage.of(
            LocalSpark.session(),
            ENCODE,
            model(0.5),
            Optional.of(new SetWithIds(named)),
            Optional.empty())
        .run(directory, new Heard());

    // As many as there are groups of a hundred; without names, one for each of two slots.
    try (var files = Files.list(folder.resolve("run/encode.parquet"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(3);
    }
  }

  @Test
  void tasksDoNotCarryTheNamesOfLabels() {
    ImageSet set = images(2).orElseThrow();
    Map<Integer, String> names =
        IntStream.range(0, 50_000)
            .boxed()
            .collect(Collectors.toMap(label -> label, label -> "label number " + label));
    ImageSet named = new ImageSet(set.shape(), IMAGES, 2, set.blocks(), names);
    Dataset<Row> rows;
    try (ComputedRows computed =
        ResumableStage.of(
                LocalSpark.session(),
                ENCODE,
                model(0.5),
                Optional.of(new SetWithIds(named)),
                Optional.empty())
            .rows()) {
      rows = computed.rows();
      assertThat(rows.select("label_name").distinct().collectAsList())
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(ALL.labels())
                  .distinct()
                  .mapToObj(names::get)
                  .map(RowFactory::create)
                  .toList());
      // What a task is sent of them.
      Object task = rows.queryExecution().toRdd();
      assertThat(SerializationUtils.serialize((Serializable) task)).hasSizeLessThan(300_000);
    }
    assertThatThrownBy(rows::count).rootCause().hasMessageContaining("destroyed");
  }

  @Test
  void codesAreTheEncodersAndDrawsHaveItsDeviation() throws IOException {
    AppliedModel model = model(0.5);

    List<Row> rows = rows(stage(ENCODE, model, 3), run.stage("encode"), "id");

    float[][] images = new float[IMAGES][LinearGaussian.PIXELS];
    for (int i = 0; i < IMAGES; i++) {
      new Binariser.Intensity().write(ALL, i, 0, images[i], 0);
    }
    float[][] means = codec(model).encode(images);
    double[] squares = new double[LinearGaussian.LATENT];
    for (int i = 0; i < IMAGES; i++) {
      Row row = rows.get(i);
      assertThat(row.<Long>getAs("id")).isEqualTo(i);
      float[] mean = floats(row, "posterior_mean");
      float[] deviation = floats(row, "posterior_standard_deviation");
      float[] sample = floats(row, "posterior_sample");
      for (int d = 0; d < squares.length; d++) {
        assertThat(mean[d]).isCloseTo(means[i][d], within(1e-5f));
        double standard = (sample[d] - mean[d]) / deviation[d];
        squares[d] += standard * standard;
      }
    }
    // Four standard deviations of the mean of chi-squared numbers.
    for (double sum : squares) {
      assertThat(sum / IMAGES).isCloseTo(1, within(0.38));
    }
  }

  @Test
  void reconstructionsAreTheMeansOfTheCodes() throws IOException {
    AppliedModel model = model(0);

    List<Row> rows = rows(stage(RECONSTRUCT, model, 2), run.stage("reconstruct"), "id");

    float[] image = new float[LinearGaussian.PIXELS];
    for (int i = 0; i < IMAGES; i += 17) {
      new Binariser.Intensity().write(ALL, i, 0, image, 0);
      float[] mean = codec(model).decode(codec(model).encode(new float[][] {image}))[0];
      Row cell = rows.get(i).getAs("reconstruction");
      byte[] levels = cell.getAs("data");
      double error = 0;
      for (int d = 0; d < image.length; d++) {
        assertThat((levels[d] & 0xff) / 255f).isCloseTo(mean[d], within(0.6f / 255));
        error += Math.pow(image[d] - mean[d], 2) / image.length;
      }
      assertThat(rows.get(i).<Double>getAs("squared_error")).isCloseTo(error, within(1e-6));
    }
  }

  @Test
  void samplesAreThoseOfTheStreamHoweverManyThereAre() throws IOException {
    AppliedModel model = model(0);

    List<Row> few = rows(stage(sample(70, 0), model, 1), run.stage("sample"), "id");
    List<Row> many;
    List<Row> others;
    try (RunDirectory other = open("other")) {
      many = rows(stage(sample(230, 0), model, 1).inSlices(2), other.stage("sample"), "id");
      others = rows(stage(sample(70, 1), model, 1), other.stage("sample"), "id");
    }

    assertThat(many).hasSize(230);
    assertThat(many.subList(0, 70)).isEqualTo(few);
    assertThat(others).hasSize(70).doesNotContainAnyElementsOf(few);
    float[][] codes = codec(model).codes(Noise.key(SEED, Noise.Purpose.PRIOR, 0, 0), 230);
    for (int i = 0; i < 230; i++) {
      assertThat(floats(many.get(i), "code")).isEqualTo(codes[i]);
    }
  }

  private static Sample sample(int images, int stream) {
    return new Sample(Application.IN_THE_RUN, images, stream, 0);
  }

  @Test
  void waysLeadFromImageToImage() throws IOException {
    Interpolate interpolate = new Interpolate(Application.IN_THE_RUN, Way.LINE, 3, 5, 0);

    List<Row> rows =
        rows(
            stage(interpolate, model(0), 4).inSlices(2),
            run.stage("interpolate"),
            "from_id",
            "step");

    assertThat(rows).hasSize(15);
    assertThat(rows).extracting(row -> row.getLong(0)).containsOnly(0L, 2L, 4L);
    assertThat(rows).extracting(row -> row.getLong(1)).containsOnly(1L, 3L, 5L);
    assertThat(rows.subList(5, 10))
        .extracting(row -> row.getDouble(3))
        .containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
  }

  @Test
  void aWholeTableIsNotComputedAgain() throws IOException {
    StageDirectory directory = run.stage("encode");
    ResumableStage stage = stage(ENCODE, model(0), 2);
    assertThat(stage.place(directory)).isEmpty();
    assertThat(stage.run(directory, new Heard())).isPositive();

    assertThat(stage.place(directory)).contains(directory.table());
    assertThat(stage.run(directory, new Heard())).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void theOutcomeOfAnotherModelIsKept() throws IOException {
    StageDirectory directory = run.stage("encode");
    ResumableStage first = stage(ENCODE, model(0), 2);
    List<Row> before = rows(first, directory, "id");
    directory.writeFigures("{}");

    List<Row> after = rows(stage(ENCODE, model(1), 2), directory, "id");

    assertThat(after).isNotEqualTo(before);
    assertThat(heard).containsExactly("encode kept " + first.mark().substring(0, 16));
    assertThat(first.place(directory)).contains(directory.keptTable(first.mark()));
    assertThat(folder.resolve("run/stages/" + first.mark().substring(0, 16) + "/encode.json"))
        .exists();
    assertThat(directory.figures()).isEmpty();
  }

  @Test
  void aStageThatWasCutOffGoesOnWithItsSlices() throws IOException {
    StageDirectory directory = run.stage("encode");
    ResumableStage stage = stage(ENCODE, model(0), 2).inSlices(3);
    Path second = folder.resolve("run/encode-slices/0001");
    stage.storeSlices(directory, new Heard());
    assertThat(folder.resolve("run/encode.parquet")).doesNotExist();
    try (var files = Files.walk(second)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }

    List<Row> rows = rows(stage, directory, "id");

    // Three groups of at most a hundred images, of 76 or 77 each.
    assertThat(heard).containsExactly("encode found 153 of 230");
    assertThat(rows)
        .extracting(row -> row.getLong(0))
        .containsExactlyElementsOf(LongStream.range(0, IMAGES).boxed().toList());
    assertThat(folder.resolve("run/encode-slices")).doesNotExist();
  }
}
