package org.sparkvae.job.analyse.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.job.analyse.Analysis;
import org.sparkvae.job.analyse.Epochs;
import org.sparkvae.job.analyse.Pca;
import org.sparkvae.job.analyse.Tightness;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.apply.stage.AppliedModel;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.EvaluationException;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;

@ExtendWith(LocalSpark.class)
class AnalysesTest {
  private static final int IMAGES = 26;
  private static final ImageBlock ALL = LinearGaussian.images(IMAGES);
  private static final Tightness TIGHTNESS = new Tightness(23, 100, 5, 0.02, new Importance());

  /** Images that the tasks of this process have worked on, in any order. */
  private static final ConcurrentLinkedQueue<Long> WORKED_ON = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;
  private final List<String> heard = new ArrayList<>();
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = open("run");
    WORKED_ON.clear();
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
        LinearGaussian.SPEC, LinearGaussian.parameters(shift, 1.5), new Binariser.Intensity(), 11);
  }

  /** All images, position p in shard p modulo. */
  private static ImageSet images(int shards) {
    List<List<ImageBlock>> cut = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<ImageBlock> blocks = new ArrayList<>();
      for (int position = shard; position < IMAGES; position += shards) {
        blocks.add(ALL.alone(position));
      }
      cut.add(blocks);
    }
    JavaSparkContext spark = new JavaSparkContext(LocalSpark.session().sparkContext());
    return new ImageSet(
        new ImageShape(LinearGaussian.PIXELS, 1, 1),
        IMAGES,
        shards,
        spark.parallelize(cut, shards).flatMap(List::iterator),
        Map.of());
  }

  private Analyses analyses(RunDirectory directory, AppliedModel model, int shards) {
    return Analyses.of(
        LocalSpark.session(), directory.analyses(), analysed(model, shards), new Heard());
  }

  private static Analysed analysed(AppliedModel model, int shards) {
    return new Analysed(
        model, new SetWithIds(images(shards)), Optional.empty(), new NoArchive(List.of()));
  }

  private final class Heard implements AnalysisListener {
    @Override
    public void progress(String kind, long done, long images) {
      heard.add(kind + " " + done + " of " + images);
    }

    @Override
    public void found(String kind, long found, long images) {
      heard.add(kind + " found " + found);
    }

    @Override
    public void kept(String kind, org.apache.hadoop.fs.Path place) {
      heard.add(kind + " kept " + place.getName());
    }
  }

  private List<Row> finish(Analyses analyses, Analysis analysis) throws IOException {
    List<Row> rows = analyses.run(analysis);
    run.analyses().markFinished();
    return rows;
  }

  @Test
  void theRowsAreThoseOfTheFirstImagesHoweverTheyAreCut() throws IOException {
    List<Row> whole = analyses(run, model(0.5), 1).run(TIGHTNESS);
    try (RunDirectory other = open("other")) {
      List<Row> cut = analyses(other, model(0.5), 5).run(TIGHTNESS);

      assertThat(whole).extracting(row -> row.getLong(0)).containsExactlyElementsOf(firstIds(23));
      assertThat(cut).isEqualTo(whole);
    }
    assertThat(heard).contains("tightness 23 of 23");
  }

  private static List<Long> firstIds(int count) {
    return IntStream.range(0, count).mapToObj(i -> ALL.ids()[i]).sorted().toList();
  }

  @Test
  void allImagesAreTakenWhereThereAreFewer() throws IOException {
    assertThat(
            analyses(run, model(0.5), 3).run(new Tightness(1000, 100, 5, 0.02, new Importance())))
        .hasSize(IMAGES);
  }

  @Test
  void whatIsFinishedIsFound() throws IOException {
    Analyses analyses = analyses(run, model(0.5), 2);
    List<Row> rows = analyses.run(TIGHTNESS);
    assertThat(analyses.place(TIGHTNESS, false)).isEmpty();
    run.analyses().markFinished();

    assertThat(analyses.place(TIGHTNESS, false)).contains(run.analyses().path());
    assertThat(analyses.place(TIGHTNESS, true)).as("without a picture").isEmpty();
    assertThat(analyses(run, model(0.6), 2).place(TIGHTNESS, false)).isEmpty();
    heard.clear();
    assertThat(analyses.run(TIGHTNESS)).isEqualTo(rows);
    assertThat(heard).as("nothing is computed").isEmpty();
  }

  @Test
  void anotherAnalysisOfTheKindIsKept() throws IOException {
    List<Row> first = finish(analyses(run, model(0.5), 2), TIGHTNESS);
    run.analyses().writePicture("tightness", "", out -> out.write(1));
    Tightness more = new Tightness(23, 120, 5, 0.02, new Importance());
    List<Row> second = finish(analyses(run, model(0.5), 2), more);

    assertThat(second).isNotEqualTo(first);
    Analyses analyses = analyses(run, model(0.5), 2);
    assertThat(analyses.place(more, false)).contains(run.analyses().path());
    org.apache.hadoop.fs.Path kept = analyses.place(TIGHTNESS, true).orElseThrow();
    assertThat(heard).contains("tightness kept " + kept.getName());
    Path place = folder.resolve("run/analyses").resolve(kept.getName());
    assertThat(place.resolve("tightness.png")).hasBinaryContent(new byte[] {1});
    assertThat(place.resolve("summary.json")).content().contains("\"samples\" : 100");
    assertThat(folder.resolve("run/analyse/summary.json")).content().contains("\"samples\" : 120");
    assertThat(folder.resolve("run/pictures/tightness.png")).doesNotExist();
  }

  @Test
  void whatLiesBesideTheModelCounts() throws IOException {
    Epochs epochs = new Epochs(List.of(1, 10), 2);
    List<Row> rows = finish(analyses(run, model(0.5), 2), epochs);

    assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(1, 1);
    Analyses again = analyses(run, model(0.5), 3);
    assertThat(again.place(epochs, false)).isPresent();
    Analysed later =
        new Analysed(
            model(0.5), new SetWithIds(images(3)), Optional.empty(), new NoArchive(List.of(10)));
    Analyses other = Analyses.of(LocalSpark.session(), run.analyses(), later, new Heard());
    assertThat(other.place(epochs, false)).as("where another epoch is kept").isEmpty();
  }

  @Test
  void codesAreThoseOfAllImagesHoweverTheyAreCut() throws IOException {
    List<Row> whole = analyses(run, model(0.5), 1).run(new Pca());
    try (RunDirectory other = open("other")) {
      List<Row> cut = analyses(other, model(0.5), 5).run(new Pca());

      assertThat(whole).hasSize(LinearGaussian.LATENT);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(cut.get(i).getDouble(1)).isCloseTo(whole.get(i).getDouble(1), within(1e-9));
      }
    }
  }

  @Test
  void onlyWhatIsMissingIsWorkedOn() throws IOException {
    StructType columns =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("figure", DataTypes.DoubleType, false);
    MarkedRows table = new MarkedRows(LocalSpark.session(), columns);
    List<Row> stored = firstIds(6).stream().map(id -> RowFactory.create(id, 0.5)).toList();
    run.analyses().writePart("kind", path -> table.write(stored, "mark", path));
    run.analyses()
        .writePart("kind", path -> table.write(List.of(RowFactory.create(8L, 9.0)), "x", path));

    List<Row> rows = rows(table, "mark");

    assertThat(WORKED_ON).containsExactlyInAnyOrderElementsOf(ids(4, 10));
    assertThat(rows).hasSize(10);
    assertThat(rows.subList(0, 4)).isEqualTo(stored.subList(0, 4));
    assertThat(rows.subList(4, 10)).allSatisfy(row -> assertThat(row.getDouble(1)).isEqualTo(4));
    assertThat(heard).contains("kind found 6").endsWith("kind 10 of 10");
  }

  @Test
  void partsOfAnotherAnalysisAreDeleted() throws IOException {
    MarkedRows table =
        new MarkedRows(
            LocalSpark.session(),
            new StructType()
                .add("id", DataTypes.LongType, false)
                .add("figure", DataTypes.DoubleType, false));
    run.analyses()
        .writePart("kind", path -> table.write(List.of(RowFactory.create(8L, 9.0)), "x", path));

    rows(table, "mark");

    assertThat(WORKED_ON).containsExactlyInAnyOrderElementsOf(ids(0, 10));
    assertThat(run.analyses().parts("kind")).isEmpty();
  }

  private List<Row> rows(MarkedRows table, String mark) {
    return new ResumableRows(
            new JavaSparkContext(LocalSpark.session().sparkContext()),
            run.analyses(),
            new Matter(LocalSpark.session(), analysed(model(0), 3)),
            new ResumableRows.Told("kind", mark, table, new Heard()))
        .ofImages(10, 4, AnalysesTest::work);
  }

  private static List<Long> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> ALL.ids()[i]).toList();
  }

  private static List<Row> work(ModelHere model, List<SeenImage> images) {
    images.forEach(image -> WORKED_ON.add(image.id()));
    return images.stream().map(image -> RowFactory.create(image.id(), 4.0)).toList();
  }

  @Test
  void aModelThatHasDivergedNamesTheImage() {
    float[] broken = LinearGaussian.parameters(0.5, 1);
    Arrays.fill(broken, Float.NaN);
    AppliedModel model =
        new AppliedModel(LinearGaussian.SPEC, broken, new Binariser.Intensity(), 11);

    assertThatThrownBy(
            () -> analyses(run, model, 2).run(new Tightness(2, 10, 1, 0.01, new Importance())))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("image 0 cannot be analysed (nor can [1])");
    assertThat(folder.resolve("run/analyse/tightness.parquet")).doesNotExist();
  }
}
