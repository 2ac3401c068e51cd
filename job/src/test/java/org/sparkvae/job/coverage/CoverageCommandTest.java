package org.sparkvae.job.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.importance.CurvePoint;
import org.sparkvae.job.data.images.ImageName;
import org.sparkvae.job.evaluate.scoring.ImageScore;
import org.sparkvae.job.evaluate.table.ScoreTable;

class CoverageCommandTest {
  private static SparkSession session;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static ImageScore score(
      long id, double logLikelihood, double error, int samples, boolean reliable) {
    return score(
        id,
        logLikelihood,
        error,
        new ImageScore.Diagnosis(
            samples, 0.5, reliable, List.of(new CurvePoint(samples, logLikelihood))));
  }

  private static ImageScore score(
      long id, double logLikelihood, double error, ImageScore.Diagnosis diagnosis) {
    return new ImageScore(
        new ImageScore.Image(id, -1, ImageName.NONE),
        new ImageScore.LogLikelihood(logLikelihood, error, diagnosis),
        new ImageScore.ElboParts(-100, -90, 10),
        new ImageScore.PosteriorMoments(new float[] {0}, new float[] {1}));
  }

  private String table(String name, ImageScore... scores) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Path table = folder.resolve(name + "/evaluation.parquet");
    new ScoreTable(session, "mark", Map.of())
        .write(
            spark.parallelize(List.of(scores), 2),
            scores.length,
            new org.apache.hadoop.fs.Path(table.toUri()));
    return table.toString();
  }

  private String few() {
    List<ImageScore> scores = new ArrayList<>();
    scores.add(score(1, -90, 0.3, 5000, true));
    scores.add(score(2, -90, 0.3, 5000, true));
    scores.add(score(3, -90, 0.3, 5000, true));
    scores.add(score(4, -90, 0.3, 5000, false));
    return table("few", scores.toArray(ImageScore[]::new));
  }

  private String many() {
    return table(
        "many",
        score(1, -89.51, 0.4, 1_000_000, true),
        score(2, -89.49, 0.4, 1_000_000, true),
        score(3, -88.99, 0.4, 1_000_000, false),
        score(4, -86.01, 0.4, 1_000_000, true));
  }

  private void settings(String name, String settings) throws IOException {
    Files.writeString(folder.resolve(name + "/config.conf"), settings);
  }

  private int run(String... arguments) {
    return new CoverageCommand(session)
        .run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private void assertFails(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("submit/coverage: " + message + "\n");
  }

  @Test
  void countsWhatLiesWithinTheErrorsOfBothTogether() {
    assertThat(run("file:" + few(), many())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            4 images: 5,000 samples against 1,000,000 samples
                                          images       share  within one  within two  difference
            reliable                           3       75.0%       33.3%       66.7%     -0.6700
            reliable, the truth too            2       50.0%       50.0%      100.0%     -0.5000
            all                                4      100.0%       25.0%       50.0%     -1.5000
            """);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  /** Of the last, as an earlier version stored it, it is not known whether it can be trusted. */
  @Test
  void chainsHaveNoNumberOfSamples() {
    String chains =
        table(
            "chains",
            score(1, -90, 0.3, new ImageScore.Diagnosis(14, Double.NaN, true, List.of())),
            score(2, -90, 0.3, new ImageScore.Diagnosis(14, Double.NaN, true, List.of())),
            score(3, -90, 0.3, new ImageScore.Diagnosis(2, Double.NaN, false, List.of())),
            score(4, -90, 0.3, null));

    assertThat(run(chains, many())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("4 images: no importance samples against 1,000,000 samples\n")
        .contains("reliable                           2       50.0%")
        .contains("all                                4      100.0%");
  }

  @Test
  void takesTheDirectoriesThatTablesLieIn() throws IOException {
    few();
    many();
    settings("few", "seed = 1");
    settings("many", "seed = 1, evaluation.stream = 1");

    assertThat(run(folder.resolve("few").toString(), folder.resolve("many").toString())).isZero();
  }

  @Test
  void ofNoReliableImageThereIsNoShare() {
    String one = table("one", score(1, -90, 0.3, 10, false));
    String other = table("other", score(1, -90, 0.3, 11, true));

    assertThat(run(one, other)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "reliable                           0        0.0%           -           -           -\n");
  }

  @Test
  void refusesTheSameSamples() throws IOException {
    String few = few();
    String many = many();
    settings("few", "seed = 1, evaluation.stream = 0");
    settings("many", "seed = 1");

    assertFails(
        "%s and %s are of the same samples, those of seed 1 and evaluation.stream 0: evaluate one with another stream"
            .formatted("file:" + few, "file:" + many),
        "file:" + few,
        "file:" + many);
  }

  @Test
  void refusesATruthOfNoMoreSamples() {
    String few = few();
    assertFails(
        "%s is of 5000 samples, and %s of 5000: the truth has to have more".formatted(few, few),
        few,
        few);
  }

  @Test
  void refusesOtherImages() {
    String few = few();
    String less = table("less", score(1, -90, 1, 9999, true), score(4, -90, 1, 9999, true));
    assertFails(
        "%s holds other images than %s, 2 such as image 2: evaluate both with the same data.test"
            .formatted(few, less),
        few,
        less);
  }

  @Test
  void refusesATruthOfMoreImages() {
    String one = table("one", score(1, -90, 1, 10, true));
    String many = many();
    assertFails(
        "%s holds other images than %s, 3 such as image 2: evaluate both with the same data.test"
            .formatted(many, one),
        one,
        many);
  }

  @Test
  void refusesAnEstimateWithoutAnError() {
    String one = table("one", score(1, -90, Double.NaN, 1, false));
    String other = table("other", score(1, -90, 0.3, 11, true));
    assertFails(one + " has no standard error of image 1: evaluate with more samples", one, other);
  }

  @Test
  void refusesAMissingTable() {
    String none = folder.resolve("none").toString();
    assertFails(
        none + " holds no finished evaluation.parquet: evaluate first, or name another",
        none,
        none);
  }

  @Test
  void refusesAnotherTable() {
    String other = folder.resolve("epochs.parquet").toString();
    session.range(3).write().parquet(other);
    assertFails(other + " is no table of an evaluation: name an evaluation.parquet", other, other);
  }

  @Test
  void refusesAPlaceThatCannotBeRead() {
    assertThat(run("none://a/b", "c")).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("submit/coverage: none://a/b cannot be read (")
        .endsWith("): check the path and its permissions\n")
        .hasLineCount(1);
  }

  @Test
  void needsTwoTables() {
    assertThat(run("one")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("submit/coverage: usage: coverage TABLE TRUTH, two evaluation.parquet\n");
  }
}
