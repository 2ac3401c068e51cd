package org.sparkvae.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.checkpoint.EvaluationDirectory;
import org.sparkvae.job.checkpoint.RunDirectory;
import org.sparkvae.job.checkpoint.RunStart;
import org.sparkvae.job.data.images.Binariser;
import org.sparkvae.job.data.images.ImageBlock;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.shards.ImageSet;
import org.sparkvae.job.evaluate.scoring.SetWithIds;
import org.sparkvae.job.evaluate.table.EvaluationRows;
import org.sparkvae.job.evaluate.table.KeptEvaluation;
import org.sparkvae.job.evaluate.table.ScoreTable;
import org.sparkvae.job.fixtures.CutOffStore;
import org.sparkvae.job.fixtures.ExactBits;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.reading.SettingsReader;

/** What tests of evaluations in a run directory share: a run of 23 images. */
abstract class RunOfTwentyThree {
  static final int IMAGES = 23;
  static final int SAMPLE_BLOCKS = 3;
  static final int SLICES = 4;
  static final ImageBlock BLOCK = named();
  static final Map<Integer, String> LABEL_NAMES = Map.of(0, "nought");
  static final float[] PARAMETERS = LinearGaussian.parameters(0.5, 1.5);
  static final Slicing SLICED = new Slicing(1, SLICES);

  static SparkSession session;
  static JavaSparkContext spark;
  static final ScoredBlocks SCORED = new ScoredBlocks();
  static Evaluation whole;
  static List<Row> wholeRows;

  @TempDir Path folder;
  Path run;
  Heard heard;

  /** Where the last evaluation went, and where the one is kept that was in its way. */
  EvaluationDirectory place;

  Optional<org.apache.hadoop.fs.Path> kept = Optional.empty();

  /** The images, most of which have a path, an id of text, or both. */
  static ImageBlock named() {
    ImageBlock images = LinearGaussian.images(IMAGES);
    for (int i = 2; i < IMAGES; i++) {
      ImageName name = new ImageName(i % 3 == 0 ? null : "/a/" + i, i % 4 == 0 ? null : "b" + i);
      images.name(i, name);
    }
    return images;
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.hadoop.fs.file.impl", CutOffStore.class.getName())
            .config("spark.hadoop.fs.file.impl.disable.cache", true)
            .getOrCreate();
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    session.sparkContext().addSparkListener(SCORED);
    whole =
        evaluator(settings(folder), new Heard())
            .evaluate(set(BLOCK, 2), LinearGaussian.SPEC, PARAMETERS);
    Path table = folder.resolve("whole");
    new ScoreTable(session, "whole", LABEL_NAMES).write(whole.scores(), IMAGES, hadoop(table));
    wholeRows = rows(table);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @BeforeEach
  void forget() {
    // A name that is a pattern which does not match itself.
    run = folder.resolve("run[1]");
    heard = new Heard();
    SCORED.take(session.sparkContext());
  }

  @AfterEach
  void mend() {
    CutOffStore.mend();
  }

  /** What the evaluation tells of itself. */
  static final class Heard implements EvaluationListener {
    final List<Long> progress = new ArrayList<>();
    final List<Long> found = new ArrayList<>();

    @Override
    public void progress(long done, long images) {
      assertThat(images).isEqualTo(IMAGES);
      progress.add(done);
    }

    @Override
    public void found(long found, long images) {
      assertThat(images).isEqualTo(IMAGES);
      this.found.add(found);
    }
  }

  static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  static List<Row> rows(Path table) {
    return EvaluationRows.read(session, List.of(hadoop(table))).collectAsList();
  }

  static JobSettings settings(Path folder, String... overrides) throws IOException {
    String conf =
        """
        run.directory = "%s"
        data { train { source = idx, path = a }, test { source = idx, path = b }, binarisation = none }
        evaluation { samples = 30, block = 10 }
        seed = 11
        """;
    Path file =
        Files.writeString(folder.resolve("job.conf"), conf.formatted(folder.resolve("run")));
    return SettingsReader.read(file.toString(), List.of(overrides));
  }

  static Evaluator evaluator(JobSettings settings, EvaluationListener listener) {
    Binariser binariser = Binariser.of(settings.data(), settings.seed());
    return new Evaluator(spark, settings.evaluation(), binariser, settings.seed(), listener);
  }

  static ImageSet set(ImageBlock images, int partitions) {
    return set(images, partitions, LABEL_NAMES);
  }

  static ImageSet set(ImageBlock images, int partitions, Map<Integer, String> labelNames) {
    List<ImageBlock> blocks = new ArrayList<>();
    for (int from = 0; from < IMAGES; from += 4) {
      int to = Math.min(IMAGES, from + 4);
      ImageBlock block = ImageBlock.ofSize(to - from, LinearGaussian.PIXELS);
      for (int i = from; i < to; i++) {
        images.copy(i, block, i - from);
      }
      blocks.add(block);
    }
    ImageShape shape = new ImageShape(LinearGaussian.PIXELS, 1, 1);
    return new ImageSet(
        shape, IMAGES, partitions, spark.parallelize(blocks, partitions), labelNames);
  }

  /** A job of a run that is trained. */
  EvaluationOutcome evaluate(
      Slicing slicing, ImageSet images, float[] parameters, String... overrides)
      throws IOException {
    JobSettings settings = settings(folder, overrides);
    try (RunDirectory directory =
        RunDirectory.open(
            run.toString(), session.sparkContext().hadoopConfiguration(), "application")) {
      RunStart start = RunStart.settle(directory, settings, 2);
      start.begin(directory);
      directory.markTrained(1);
      ResumableEvaluation evaluation =
          ResumableEvaluation.of(
              session,
              evaluator(start.settings(), heard),
              new SetWithIds(images),
              LinearGaussian.SPEC,
              parameters);
      if (start.way() == RunStart.Way.WITH_ANOTHER_EVALUATION) {
        place = directory.evaluation(evaluation.fingerprint());
        return evaluation.run(place, slicing, place::discard);
      }
      place = directory.evaluation();
      return evaluation.run(place, slicing, () -> makeRoom(directory, start));
    }
  }

  private void makeRoom(RunDirectory directory, RunStart start) throws IOException {
    kept = KeptEvaluation.of(directory, session.sparkContext().hadoopConfiguration());
    if (start.way() == RunStart.Way.WITH_ITS_EVALUATION) {
      start.storeSettings(directory);
    }
  }

  EvaluationOutcome evaluate(Slicing slicing) throws IOException {
    return evaluate(slicing, set(BLOCK, 2), PARAMETERS);
  }

  /** A job that is cut off at a change to the store. */
  void cutOff(Slicing slicing, String change) {
    CutOffStore.at(change);
    assertThatThrownBy(() -> evaluate(slicing)).hasStackTraceContaining("cut off");
    assertThat(CutOffStore.mend()).isTrue();
    SCORED.take(session.sparkContext());
    heard = new Heard();
  }

  void assertScored(EvaluationOutcome outcome, int images) {
    assertThat(SCORED.take(session.sparkContext())).isEqualTo((long) images * SAMPLE_BLOCKS);
    assertThat(outcome.speed().images()).isEqualTo(images);
    assertThat(heard.found)
        .isEqualTo(images == IMAGES ? List.of() : List.of((long) IMAGES - images));
    assertThat(heard.progress).isSorted().allMatch(done -> done >= IMAGES - images);
    if (images > 0) {
      assertThat(heard.progress).endsWith((long) IMAGES);
    }
  }

  /** Requires the bits of an evaluation in one go, and nothing beside. */
  void assertWhole(EvaluationOutcome outcome) throws IOException {
    assertThat(outcome.summary())
        .usingRecursiveComparison(ExactBits.everywhere())
        .isEqualTo(whole.summary());
    assertThat(rows(run.resolve("evaluation.parquet"))).isEqualTo(wholeRows);
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.conf", "checkpoints", "_started", "evaluation.parquet");
    }
  }
}
