package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.settings.JobSettings;

/** The whole command with every stage that does something with the trained model. */
@Timeout(240)
class StagesRunTest {
  private static final String DONE = "Done already; the results are in file:";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles run;
  private static String alone;
  private static Outcome first;

  @BeforeAll
  static void apply() throws IOException {
    conf =
        DrawnJob.write(
            folder,
            "seed = 5, report.csv = true, data.binarisation = static, impute.method.steps = 30");
    run = RunFiles.in(folder, "run");
    first =
        LocalJob.run(
            conf,
            run.setting(),
            "pipeline=[train, " + String.join(", ", JobSettings.APPLICATIONS) + "]");
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    alone = folder.resolve("alone.conf").toString();
    Files.writeString(
        Path.of(alone), "run.directory = \"" + run.root() + "\"\nimpute.method.steps = 30");
  }

  private static Outcome stage(RunFiles of, String name, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = alone;
    arguments[1] = of.setting();
    arguments[2] = "pipeline=[" + name + "]";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return LocalJob.run(arguments);
  }

  @Test
  void everyStageLeavesItsTableItsFiguresAndItsPicture() throws IOException {
    for (String stage : JobSettings.APPLICATIONS) {
      assertThat(first.out()).contains("Results in file:" + run.root() + "/" + stage + ".parquet");
      assertThat(run.has(stage + ".parquet/_SUCCESS")).isTrue();
      assertThat(run.json(stage + ".json").get("model_epoch").asInt()).isPositive();
      BufferedImage picture =
          ImageIO.read(run.root().resolve("pictures/" + stage + ".png").toFile());
      assertThat(picture.getWidth()).isGreaterThan(400);
      assertThat(run.has(stage + "-slices")).isFalse();
    }
    assertThat(run.has("_SUCCESS")).isTrue();
    int images = run.table("encode.parquet").rows().size();
    assertThat(images).isEqualTo(DrawnImages.TEST);
    assertThat(run.table("reconstruct.parquet").rows()).hasSize(images);
    assertThat(run.table("sample.parquet").rows()).hasSize(100);
  }

  @Test
  void aReportTellsOfAllStages() throws IOException {
    String report = Files.readString(run.root().resolve("report.html"));

    for (String stage : JobSettings.APPLICATIONS) {
      assertThat(report).contains("alt=\"" + stage + "\"");
    }
    assertThat(report).contains("<h2>Training</h2>", "<h2>Impute</h2>").doesNotContain("http:");
    // Light enough to mail.
    assertThat(report.length()).isLessThan(5_000_000);
  }

  @Test
  void smallTablesAreCopiedAsCsv() throws IOException {
    List<String> epochs = Files.readAllLines(run.root().resolve("epochs.csv"));
    assertThat(epochs).hasSize(run.table("epochs.parquet").rows().size() + 1);
    assertThat(epochs.get(0)).startsWith("epoch,bound,");
    assertThat(epochs.get(1)).startsWith("1,-");
    List<String> codes = Files.readAllLines(run.root().resolve("encode.csv"));
    assertThat(codes).hasSize(DrawnImages.TEST + 1);
    assertThat(codes.get(0)).startsWith("id,label,").contains(",posterior_mean,");
    assertThat(codes.get(1)).matches("0,.*\"\\[-?[0-9.E-]+(,-?[0-9.E-]+)*]\".*");
    assertThat(Files.readAllLines(run.root().resolve("sample.csv")).get(0)).isEqualTo("id,code");
  }

  @Test
  void singleImagesAreTheTablesLevels() throws IOException {
    Row sample =
        run.table("sample.parquet").rows().stream()
            .filter(row -> row.<Long>getAs("id") == 3)
            .findFirst()
            .orElseThrow();
    Row mean = sample.getAs("mean");
    byte[] data = mean.getAs("data");

    BufferedImage file = ImageIO.read(run.root().resolve("sample/000003.png").toFile());

    int width = mean.getAs("width");
    assertThat(file.getWidth()).isEqualTo(width);
    for (int i = 0; i < data.length; i++) {
      assertThat(file.getRaster().getSample(i % width, i / width, 0)).isEqualTo(data[i] & 0xff);
    }
  }

  @Test
  void onATrainedRunEveryStageRunsWithItsDefaultsAndIsDone() throws IOException {
    SortedMap<String, Stamp> before = run.stamps("");

    for (String stage : JobSettings.APPLICATIONS) {
      Outcome again = stage(run, stage);

      assertThat(again.err()).isEmpty();
      assertThat(again.status()).isZero();
      assertThat(again.out())
          .isEqualTo(DONE + run.root() + "/" + stage + ".parquet" + System.lineSeparator());
    }
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void whatIsToldIsToldAnewWhereItIsLostOrAskedOtherwise() throws IOException {
    RunFiles lost = run.copyTo(folder.resolve("lost"));
    Files.delete(lost.root().resolve("reconstruct.json"));
    SortedMap<String, Stamp> table = lost.stamps("reconstruct.parquet");

    Outcome again = stage(lost, "reconstruct", "reconstruct.files=2");

    assertThat(again.out()).contains("Reconstructed", "Results in file:" + lost.root());
    assertThat(lost.stamps("reconstruct.parquet")).isEqualTo(table);
    assertThat(lost.stamps("reconstruct")).hasSize(2);
    assertThat(lost.has("reconstruct.json")).isTrue();
  }

  @Test
  void anotherOutcomeTakesItsPlaceAndIsKept() throws IOException {
    RunFiles other = run.copyTo(folder.resolve("other"));

    Outcome outcome = stage(other, "denoise", "denoise.noise=gaussian-noise");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("What denoise made before is kept in file:" + other.root());
    Outcome back = stage(other, "denoise");
    assertThat(back.out()).contains(DONE + other.root() + "/stages/");
  }

  @Test
  void resultsGoWhereTheyAreTold() throws IOException {
    RunFiles elsewhere = RunFiles.in(folder, "elsewhere");
    SortedMap<String, Stamp> before = run.stamps("");

    Outcome outcome =
        stage(run, "encode", "encode.directory=" + elsewhere.root(), "data.test.limit=3");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(elsewhere.table("encode.parquet").rows()).hasSize(3);
    assertThat(elsewhere.has("pictures/encode.png")).isTrue();
    assertThat(elsewhere.has("_running")).isFalse();
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void theRunsDirectoryMayBeNamed() throws IOException {
    RunFiles named = run.copyTo(folder.resolve("named"));
    SortedMap<String, Stamp> table = named.stamps("sample.parquet");

    Outcome outcome = stage(named, "sample", "sample.directory=file://" + named.root() + "/");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).endsWith("Results in file:" + named.root() + "/sample.parquet\n");
    assertThat(named.stamps("sample.parquet")).isEqualTo(table);
  }

  @Test
  void noPasswordIsWritten() throws IOException {
    // A path on this disk to Hadoop, and a URI by its looks.
    String setting = "sample.directory=\"" + folder + "/at://key:word@host\"";

    assertThat(stage(run, "sample", setting).err()).isEmpty();

    Path place = folder.resolve("at:/key:word@host");
    assertThat(Files.readString(place.resolve("sample.json")))
        .contains("/at://(redacted)@host")
        .doesNotContain("key:word");
    assertThat(stage(run, "sample", setting).out()).startsWith(DONE);
  }

  @Test
  void filesOfOthersAreNotReplaced() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/sample")).getParent();
    Files.writeString(home.resolve("sample/mine.txt"), "mine");

    Outcome outcome = stage(run, "sample", "sample.directory=" + home);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: error: sample.directory file:%s holds a sample that is not known to be of sample, which would replace it: choose another directory\n",
            home);
    assertThat(new RunFiles(home).names()).containsExactly("", "sample", "sample/mine.txt");
  }

  @Test
  void theRunsFirstEvaluationLeavesThemAsTheyAre() throws IOException {
    RunFiles evaluated = run.copyTo(folder.resolve("evaluated"));
    SortedMap<String, Stamp> before = evaluated.stamps("pictures");
    String stages = String.join("|", JobSettings.APPLICATIONS);
    before.keySet().removeIf(name -> !name.matches("pictures/(" + stages + ")(-.*)?\\.png"));
    assertThat(before).hasSizeGreaterThanOrEqualTo(JobSettings.APPLICATIONS.size());

    Outcome outcome =
        LocalJob.run(
            conf, evaluated.setting(), "pipeline=[train, evaluate]", "evaluation.samples=20");

    assertThat(outcome.err()).isEmpty();
    assertThat(evaluated.has("evaluation.parquet/_SUCCESS")).isTrue();
    assertThat(evaluated.has("pictures/outliers.png")).isTrue();
    assertThat(evaluated.stamps("pictures")).containsAllEntriesOf(before);
  }

  @Test
  void samplesAreASourceOfImages() {
    Outcome outcome =
        stage(
            run,
            "reconstruct",
            "reconstruct.directory=" + folder.resolve("of-samples"),
            "data.test.source=parquet",
            "data.test.path=" + run.root().resolve("sample.parquet"),
            "data.test.column=mean",
            "data.test.id-column=id");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Reconstructed 100 images");
  }

  /** The samples of the run with masks beside them, in a table. */
  private static String masked(String column) {
    SparkSession.Builder builder = SparkSession.builder();
    LocalJob.SUBMITTED.forEach(builder::config);
    String path = folder.resolve("masked-" + column.replaceAll("\\W", "")).toString();
    try (SparkSession spark = builder.getOrCreate()) {
      spark
          .read()
          .parquet(run.root().resolve("sample.parquet").toString())
          .where("id < 12")
          .selectExpr("id", "mean", column + " as holes")
          .write()
          .parquet(path);
    }
    return path;
  }

  private static Outcome impute(String table, String place, String... more) {
    String[] settings = {
      "impute.directory=" + folder.resolve(place),
      "impute.missing=column",
      "impute.missing.name=holes",
      "impute.method.steps=2",
      "impute.method.warm-up=1",
      "data.test.source=parquet",
      "data.test.path=" + table,
      "data.test.column=mean",
      "data.test.id-column=id"
    };
    return stage(
        run, "impute", Stream.of(settings, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  @Test
  void aColumnOfMasksTellsTheMissingPixels() {
    String table = masked("transform(sequence(0, 63), i -> i >= 64 - id)");

    Outcome outcome = impute(table, "imputed");

    assertThat(outcome.err()).isEmpty();
    List<Row> rows = new RunFiles(folder.resolve("imputed")).table("impute.parquet").rows();
    assertThat(rows).hasSize(12);
    for (Row row : rows) {
      long id = row.getAs("id");
      assertThat(row.<Integer>getAs("missing_pixels")).isEqualTo((int) id);
      assertThat(row.isNullAt(row.fieldIndex("squared_error"))).isTrue();
      byte[] image = row.<Row>getAs("image").getAs("data");
      byte[] imputed = row.<Row>getAs("imputed").getAs("data");
      assertThat(Arrays.copyOf(imputed, 64 - (int) id))
          .isEqualTo(Arrays.copyOf(image, 64 - (int) id));
    }
  }

  @Test
  void masksThatDoNotFitGetTheirLine() {
    assertThat(impute(masked("array(true, false)"), "short").err().lines())
        .singleElement()
        .asString()
        .contains("the column holes holds 2 values for its 64 pixels");
    assertThat(impute(masked("'text'"), "text").err().lines())
        .singleElement()
        .asString()
        .contains("column holes is of type string; a mask is an array of truth values");
    assertThat(folder.resolve("short/impute.parquet")).doesNotExist();
    Outcome none = impute(masked("id"), "none", "impute.missing.name=gone");
    assertThat(none.err().lines())
        .singleElement()
        .asString()
        .contains("there is no column gone of masks; there are id, mean, holes");
    assertThat(none.status()).isEqualTo(3);
  }

  @Test
  void overwritingARunTakesAllOfItAway() throws IOException {
    RunFiles again = run.copyTo(folder.resolve("again"));

    Outcome outcome = LocalJob.run(conf, again.setting(), "pipeline=[train]", "run.mode=overwrite");

    assertThat(outcome.status()).isZero();
    assertThat(again.names())
        .noneMatch(name -> JobSettings.APPLICATIONS.stream().anyMatch(name::startsWith));
  }

  @Test
  void wrongInputGetsItsOneLine() throws IOException {
    assertThat(stage(RunFiles.in(folder, "none"), "sample").err().lines())
        .singleElement()
        .asString()
        .endsWith("none holds no trained model: put train before sample in the pipeline");
    assertThat(stage(run, "encode", "encode.directory=").err().lines())
        .singleElement()
        .asString()
        .contains("encode.directory  cannot be used");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(stage(run, "encode", "encode.directory=" + file).err().lines())
        .singleElement()
        .asString()
        .contains("encode.directory " + file + " cannot be used");
    Outcome shape =
        stage(
            run,
            "encode",
            "data.test.source=folder",
            "data.test.path=" + run.root().resolve("pictures"));
    assertThat(shape.err().lines()).hasSize(1);
    assertThat(shape.status()).isEqualTo(3);
    assertThat(List.of(run.names())).isNotEmpty();
  }
}
