package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.job.checkpoint.EpochRecord;
import org.sparkvae.job.checkpoint.EpochTable;
import org.sparkvae.job.evaluate.table.EvaluationRows;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.Mnist;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.fixtures.RunFiles.Table;

/** A run on real MNIST images, what it leaves, and what the same command does afterwards. */
class MnistEndToEndTest {
  private static final int TEST_IMAGES = 20;

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles run;
  private static Outcome outcome;
  private static Table evaluation;
  private static Table epochs;

  @TempDir private Path other;

  @BeforeAll
  static void runOnce() throws IOException {
    conf = Mnist.conf(folder, "data.validation.fraction = 0.1\n");
    run = RunFiles.in(folder, "run");
    outcome = LocalJob.run(conf, run.setting());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    evaluation = run.table("evaluation.parquet");
    epochs = run.table("epochs.parquet");
  }

  @Test
  void raisesTheBound() throws IOException {
    List<EpochRecord> history = run.history(3);
    assertThat(history).hasSize(3);
    for (ToDoubleFunction<EpochRecord> bound :
        List.<ToDoubleFunction<EpochRecord>>of(EpochRecord::bound, EpochRecord::validationBound)) {
      double[] nats = history.stream().mapToDouble(bound).toArray();
      assertThat(nats).isSorted();
      assertThat(nats[2]).isBetween(-300.0, -50.0).isGreaterThan(nats[0] + 5);
    }
    for (EpochRecord epoch : history) {
      assertThat(epoch.bound())
          .isCloseTo(epoch.measure("reconstruction") - epoch.measure("kl"), within(1e-3));
      assertThat(epoch.measure(EpochRecord.OBJECTIVE)).isCloseTo(900 * epoch.bound(), within(1e-3));
      assertThat(epoch.work().images()).isEqualTo(900);
    }
  }

  @Test
  void writesTheHistoryAsATable() throws IOException {
    List<EpochRecord> history = run.history(3);
    assertThat(epochs.schema()).isEqualTo(EpochTable.schema(history).asNullable());
    assertThat(epochs.rows()).hasSize(3);
    for (int e = 0; e < 3; e++) {
      Row row = epochs.rows().get(e);
      EpochRecord epoch = history.get(e);
      epoch
          .measures()
          .forEach((name, value) -> assertThat(row.<Double>getAs(name)).isEqualTo(value));
      assertThat(row.<Long>getAs("images")).isEqualTo(epoch.work().images());
      assertThat(row.<Integer>getAs("rounds")).isEqualTo(epoch.work().rounds());
      assertThat(row.<Double>getAs("validation_bound")).isEqualTo(epoch.validationBound());
      assertThat(row.<Double>getAs("seconds")).isEqualTo(epoch.times().whole());
      assertThat(row.<Double>getAs("images_per_second"))
          .isEqualTo(epoch.work().images() / epoch.times().whole());
    }
  }

  @Test
  void writesARowForEveryTestImage() throws IOException {
    assertThat(evaluation.schema().toDDL()).isEqualTo(EvaluationRows.SCHEMA.asNullable().toDDL());
    assertThat(evaluation.rows().stream().map(row -> row.<Long>getAs("id")).toList())
        .isEqualTo(IntStream.range(0, TEST_IMAGES).mapToObj(i -> (long) i).toList());
    assertThat(evaluation.rows().stream().mapToInt(row -> row.getAs("label")).toArray())
        .isEqualTo(Mnist.testLabels(TEST_IMAGES));
    for (Row row : evaluation.rows()) {
      double logLikelihood = row.getAs("log_likelihood");
      double elbo = row.getAs("elbo");
      assertThat(logLikelihood).isBetween(-500.0, -20.0).isGreaterThanOrEqualTo(elbo);
      assertThat(row.<Double>getAs("standard_error")).isPositive();
      assertThat(row.<Double>getAs("effective_samples")).isBetween(1.0, 100.0);
      assertThat(row.<Boolean>getAs("reliable")).isEqualTo(row.<Double>getAs("pareto_k") < 0.5);
      assertThat(row.<Double>getAs("kl")).isPositive();
      assertThat(row.<Double>getAs("reconstruction") - row.<Double>getAs("kl"))
          .as("the bound with the KL in closed form")
          .isCloseTo(elbo, within(2.0));
      assertThat(row.getList(row.fieldIndex("posterior_mean"))).hasSize(5);
      assertThat(row.<Float>getList(row.fieldIndex("posterior_standard_deviation")))
          .hasSize(5)
          .allMatch(deviation -> deviation > 0);
      List<Row> curve = row.getList(row.fieldIndex("curve"));
      assertThat(curve).extracting(point -> point.getInt(0)).containsExactly(1, 10, 100);
      assertThat(curve.get(2).getDouble(1)).isEqualTo(logLikelihood);
    }
  }

  @Test
  void boundsRiseWithTheSamples() {
    double[] means = new double[3];
    for (Row row : evaluation.rows()) {
      List<Row> curve = row.getList(row.fieldIndex("curve"));
      for (int i = 0; i < 3; i++) {
        means[i] += curve.get(i).getDouble(1) / TEST_IMAGES;
      }
    }
    assertThat(means[0]).isLessThan(means[1]);
    assertThat(means[1]).isLessThan(means[2]);
  }

  @Test
  void summarisesTheRows() throws IOException {
    JsonNode summary = run.json("summary.json");
    double mean =
        evaluation.rows().stream()
            .mapToDouble(row -> row.getAs("log_likelihood"))
            .average()
            .orElseThrow();
    assertThat(summary.get("test_nll").doubleValue()).isCloseTo(-mean, within(1e-9));
    assertThat(summary.get("reliable_images").longValue())
        .as("by 100 samples, not of every image")
        .isEqualTo(evaluation.rows().stream().filter(row -> row.getAs("reliable")).count())
        .isLessThan(TEST_IMAGES);
    assertThat(summary.get("largest_pareto_k").doubleValue()).isGreaterThan(0.5);
    assertThat(summary.get("test_nll_standard_error").isNull()).isTrue();
    assertThat(summary.get("test_nll_standard_error_from_sampling").isNull()).isTrue();
    assertThat(summary.get("active_units").intValue()).isBetween(1, 5);
    assertThat(summary.get("training_images_per_second").doubleValue()).isPositive();
    assertThat(summary.get("evaluation_images_per_second").doubleValue()).isPositive();
    assertThat(summary.get("training_images").intValue()).isEqualTo(900);
    assertThat(summary.get("test_images").intValue()).isEqualTo(TEST_IMAGES);
    assertThat(summary.get("samples").intValue()).isEqualTo(100);
    assertThat(summary.get("epochs").intValue()).isEqualTo(3);
    assertThat(summary.get("shards").intValue()).isEqualTo(2);
    assertThat(summary.get("seed").intValue()).isEqualTo(1);
    assertThat(summary.get("versions").get("spark").textValue()).isEqualTo("3.5.5");
  }

  @Test
  void drawsPictures() throws IOException {
    try (Stream<Path> pictures = Files.list(run.root().resolve("pictures"))) {
      List<Path> files = pictures.toList();
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .contains("reconstructions.png", "samples.png", "training.png");
      for (Path file : files) {
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture).as("%s as PNG", file).isNotNull();
        int[] pixels =
            picture.getRGB(
                0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        assertThat(IntStream.of(pixels).distinct().limit(9).count()).as("%s", file).isEqualTo(9);
      }
    }
  }

  @Test
  void printsALineAnEpoch() {
    assertThat(outcome.out()).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).filteredOn(line -> line.matches(" +\\d/3 .*")).hasSize(3);
    assertThat(lines).allMatch(line -> line.length() <= 100 || line.contains(folder.toString()));
    assertThat(lines.get(lines.size() - 1)).isEqualTo("Results in file:" + run.root());
  }

  @Test
  void leavesAFinishedRunAsItIs() throws IOException {
    SortedMap<String, Stamp> before = run.stamps("");
    assertThat(before).containsKeys("_SUCCESS", "config.conf", "summary.json");
    assertThat(LocalJob.run(conf, run.setting()))
        .isEqualTo(
            new Outcome(0, "Done already; the results are in file:" + run.root() + "\n", ""));
    assertThat(LocalJob.run(conf, run.setting(), "training.batch=25"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "spark-vae: error: run.directory file:"
                    + run.root()
                    + " holds a run with other values of training.batch: choose another directory,"
                    + " or start anew with run.mode=overwrite\n"));
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void evaluatesAgainWithoutTraining() throws IOException {
    RunFiles copy = run.copyTo(other.resolve("run"));
    SortedMap<String, Stamp> before = copy.stamps("");
    Outcome again =
        LocalJob.run(conf, copy.setting(), "pipeline=[evaluate]", "evaluation.samples=50");
    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(copy.stamps("")).containsAllEntriesOf(before);
    RunFiles beside = copy.otherEvaluation();
    assertThat(beside.json("summary.json").get("samples").intValue()).isEqualTo(50);
    assertThat(beside.has("_SUCCESS")).isTrue();
    List<Row> rows = beside.table("evaluation.parquet").rows();
    for (int i = 0; i < TEST_IMAGES; i++) {
      List<Row> curve = rows.get(i).getList(rows.get(i).fieldIndex("curve"));
      assertThat(curve).extracting(point -> point.getInt(0)).containsExactly(1, 10, 50);
      assertThat(rows.get(i).<Double>getAs("log_likelihood"))
          .as("the same image and model")
          .isCloseTo(evaluation.rows().get(i).getAs("log_likelihood"), within(2.0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline=[evaluate], data.test.path=nowhere",
    "run.mode=overwrite, data.train.path=nowhere"
  })
  void aMistakeInWhatReplacesTheOldLosesNothing(String asked, String mistake) throws IOException {
    RunFiles copy = run.copyTo(other.resolve("run"));
    SortedMap<String, Stamp> before = copy.stamps("");
    Outcome mistaken = LocalJob.run(conf, copy.setting(), asked, mistake);
    assertThat(mistaken.status()).isEqualTo(3);
    assertThat(mistaken.err()).contains("nowhere").hasLineCount(1);
    assertThat(copy.stamps("")).isEqualTo(before);
  }

  @Test
  void startsAnewWhereAskedAndGivesTheSameBits() throws IOException {
    RunFiles copy = run.copyTo(other.resolve("run"));
    Files.writeString(copy.root().resolve("checkpoints/epoch-000003/state.json"), "damaged");
    Outcome again = LocalJob.run(conf, copy.setting(), "run.mode=overwrite");
    assertThat(again.err()).isEmpty();
    assertThat(again.status()).isZero();
    assertThat(again.out().lines()).filteredOn(line -> line.matches(" +\\d/3 .*")).hasSize(3);
    assertThat(copy.model(3, "coefficients.bin")).isEqualTo(run.model(3, "coefficients.bin"));
    assertThat(copy.table("evaluation.parquet").rows()).isEqualTo(evaluation.rows());
  }
}
