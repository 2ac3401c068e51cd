package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;

/** The whole command with a stage that analyses the trained model. */
@Timeout(180)
class AnalysisRunTest {
  private static final String DONE = "Done already; the results are in file:";
  private static final String TABLE = "analyse/tightness.parquet";
  private static final String ALL = "pipeline=[train, evaluate, analyse]";
  private static final String ALONE = "pipeline=[analyse]";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles analysed;
  private static Outcome first;

  @BeforeAll
  static void analyse() throws IOException {
    conf =
        DrawnJob.write(
            folder,
            """
            seed = 5, data.binarisation = static
            analyse.tightness { images = 11, samples = 60, steps = 5 }
            """);
    analysed = RunFiles.in(folder, "analysed");
    first = LocalJob.run(conf, analysed.setting(), ALL);
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
  }

  private static Outcome run(RunFiles run, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = conf;
    arguments[1] = run.setting();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return LocalJob.run(arguments);
  }

  private static RunFiles copy(String name) throws IOException {
    return analysed.copyTo(folder.resolve(name));
  }

  @Test
  void aRunEndsWithItsAnalyses() throws IOException {
    assertThat(analysed.has("_SUCCESS")).isTrue();
    assertThat(analysed.has("analyse/_SUCCESS")).isTrue();
    assertThat(analysed.has("pictures/tightness.png")).isTrue();
    assertThat(first.out())
        .contains("negative log-likelihood", "Tightness: 11 images, 60 samples each")
        .contains("approximation gap", "Results in file:" + analysed.root() + "/analyse");
    List<Row> rows = analysed.table(TABLE).rows();
    assertThat(rows).hasSize(11);
    double sum = 0;
    for (Row row : rows) {
      double logLikelihood = row.getAs("log_likelihood");
      double approximation = row.getAs("approximation_gap");
      double amortisation = row.getAs("amortisation_gap");
      assertThat(approximation).isGreaterThan(-0.5);
      assertThat(logLikelihood - approximation - amortisation)
          .isCloseTo(row.<Double>getAs("elbo"), within(1e-9));
      assertThat(row.<Integer>getAs("label")).isNotNull();
      sum += approximation;
    }
    JsonNode figures = analysed.json("analyse/summary.json").get("tightness");
    assertThat(figures.get("images").asInt()).isEqualTo(11);
    assertThat(figures.get("approximation_gap").asDouble()).isCloseTo(sum / 11, within(1e-9));
  }

  @Test
  void kindsLeaveTheirTablesTheirFiguresAndTheirPictures() throws IOException {
    RunFiles run = copy("all-kinds");
    SortedMap<String, Stamp> drawn = run.stamps("pictures/outliers.png");
    assertThat(drawn).hasSize(1);
    // Classifiers and clusters take many short jobs, and have tests of their own.
    List<String> kinds = List.of("pca", "map", "neighbours", "outliers", "epochs", "runs");
    String[] arguments = {
      ALONE,
      "report.csv=true",
      "analyse.kinds=" + kinds,
      "analyse.map.side=4",
      "analyse.neighbours.test-images=5",
      "analyse.outliers.against=" + analysed.root(),
      "analyse.runs.directories=[" + analysed.root() + ", " + run.root() + "]"
    };

    Outcome outcome = run(run, arguments);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(run.stamps("pictures/outliers.png")).as("of the evaluation").isEqualTo(drawn);
    JsonNode figures = run.json("analyse/summary.json");
    for (String kind : kinds) {
      assertThat(run.table("analyse/" + kind + ".parquet").rows()).as(kind).isNotEmpty();
      String picture = kind.equals("outliers") ? "outliers-curves" : kind;
      assertThat(run.has("pictures/" + picture + ".png")).as(kind).isTrue();
      assertThat(figures.has(kind)).as(kind).isTrue();
      assertThat(run.has("analyse/" + kind + ".csv")).as(kind).isTrue();
    }
    assertThat(figures.get("outliers").get("area_by_log_likelihood").asDouble())
        .isCloseTo(0.5, within(1e-9));
    assertThat(figures.get("runs").fieldNames())
        .toIterable()
        .containsExactly(analysed.root().toString(), run.root().toString(), "model_epoch");
    assertThat(figures.get("runs").get("model_epoch").asInt()).isPositive();
    assertThat(run.has("pictures/map-manifold.png")).isTrue();
    assertThat(run.has("pictures/runs-samples.png")).isTrue();
    List<String> csv = Files.readAllLines(run.root().resolve("analyse/runs.csv"));
    assertThat(csv).hasSize(3);
    assertThat(csv.get(0)).startsWith("number,directory,model,").endsWith(",why_no_samples");
    assertThat(Files.readString(run.root().resolve("report.html")))
        .contains("<td class=\"number\">" + analysed.root() + "</td>", "alt=\"runs-samples\"");
    SortedMap<String, Stamp> before = run.stamps("");
    assertThat(run(run, arguments).out().lines())
        .hasSize(kinds.size())
        .allMatch(of -> of.startsWith(DONE));
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void noPasswordIsWritten() throws IOException {
    RunFiles run = copy("hidden");
    analysed.copyTo(Files.createDirectory(folder.resolve("at:")).resolve("key:word@host"));
    // A path on this disk to Hadoop, and a URI by its looks.
    String other = "\"" + folder + "/at://key:word@host\"";

    Outcome outcome =
        run(
            run,
            ALONE,
            "report.csv=true",
            "analyse.kinds=[outliers, runs]",
            "analyse.outliers.against=" + other,
            "analyse.runs={ directories = [%s], samples = 0 }".formatted(other));

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    String hidden = folder + "/at://(redacted)@host";
    for (String file : List.of("analyse/summary.json", "analyse/runs.csv", "report.html")) {
      assertThat(Files.readString(run.root().resolve(file)))
          .as(file)
          .contains(hidden)
          .doesNotContain("key:word");
    }
    assertThat(run.json("analyse/summary.json").get("outliers").get("against").asText())
        .isEqualTo(hidden);
    assertThat(run.table("analyse/runs.parquet").rows())
        .extracting(row -> row.<String>getAs("directory"))
        .containsExactly(hidden);
  }

  @Test
  void whatIsFinishedIsLeftAsItIs() throws IOException {
    SortedMap<String, Stamp> before = analysed.stamps("");

    for (String pipeline : List.of(ALL, ALONE, "pipeline=[train, evaluate]")) {
      Outcome again = run(analysed, pipeline);
      assertThat(again.out()).contains(DONE + analysed.root());
      assertThat(again.err()).isEmpty();
      assertThat(again.status()).isZero();
    }
    assertThat(analysed.stamps("")).isEqualTo(before);
  }

  @Test
  void anUnfinishedOneGoesOnFromItsTable() throws IOException {
    RunFiles run = copy("unfinished");
    Files.delete(run.root().resolve("analyse/_SUCCESS"));
    Files.delete(run.root().resolve("pictures/tightness.png"));
    SortedMap<String, Stamp> table = run.stamps(TABLE);
    SortedMap<String, Stamp> training = run.stamps("checkpoints");

    Outcome outcome = run(run, ALL);

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("Tightness: 11 images").doesNotContain("negative log");
    assertThat(run.stamps(TABLE)).isEqualTo(table);
    assertThat(run.stamps("checkpoints")).isEqualTo(training);
    assertThat(run.has("analyse/_SUCCESS")).isTrue();
    assertThat(run.has("pictures/tightness.png")).isTrue();
  }

  @Test
  void otherSettingsAreAnotherAnalysisAndTheRunsOwnAreKept() throws IOException {
    RunFiles run = copy("other");
    SortedMap<String, Stamp> scores = run.stamps("evaluation.parquet");
    String other = "analyse.tightness.images=4";

    Outcome outcome = run(run, ALONE, other, "evaluation.samples=3");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("The analysis of tightness that was there before is kept in file:")
        .contains("Tightness: 4 images");
    // The first images of the set are the same ones, in groups that begin alike.
    assertThat(run.table(TABLE).rows()).isEqualTo(analysed.table(TABLE).rows().subList(0, 4));
    assertThat(run.stamps("evaluation.parquet")).isEqualTo(scores);
    Outcome back = run(run, ALONE);
    assertThat(back.out()).contains(DONE + run.root() + "/analyses/");
    assertThat(run.table(TABLE).rows()).hasSize(4);
  }

  @Test
  void anUnfinishedRunStaysOne() throws IOException {
    RunFiles run = copy("of-an-unfinished-run");
    Files.delete(run.root().resolve("_SUCCESS"));
    SortedMap<String, Stamp> before = run.stamps("");

    Outcome outcome = run(run, ALONE, "analyse.tightness.images=1", "report.pictures=false");

    assertThat(outcome.status()).isZero();
    assertThat(run.has("_SUCCESS")).isFalse();
    for (String other : List.of("summary.json", "config.conf")) {
      assertThat(run.stamps("").get(other)).isEqualTo(before.get(other));
    }
    assertThat(run.table(TABLE).rows()).hasSize(1);
  }

  @Test
  void aModelThatWasTrainedOnIsAnalysedAnew() throws IOException {
    RunFiles run = copy("trained-on");

    Outcome trained = run(run, "training.epochs=4");
    assertThat(trained.status()).isZero();
    assertThat(Files.readString(run.root().resolve("report.html")))
        .contains("<p>Of the model of epoch 3.</p>");
    assertThat(run.has("analyse/_SUCCESS")).isFalse();
    Outcome outcome = run(run, "training.epochs=4", ALL);

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("is kept in file:", "Tightness: 11 images");
    assertThat(run.has("analyse/_SUCCESS")).isTrue();
    assertThat(run.table(TABLE).rows()).isNotEqualTo(analysed.table(TABLE).rows());
  }

  @Test
  void withoutATrainedModelThereIsOneLine() {
    RunFiles run = RunFiles.in(folder, "none");

    Outcome outcome = run(run, ALONE);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .endsWith("none holds no trained model: put train before analyse in the pipeline");
  }

  @Test
  void theModelsOwnSettingsCannotBeOthers() throws IOException {
    Outcome outcome = run(analysed, ALONE, "model.latent=3");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("model.latent", "leave them out, so that the run's are taken");
  }
}
