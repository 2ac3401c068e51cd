package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;

/**
 * The whole command with every file of {@code conf/models} whose model is fitted, on small images:
 * the estimates of log p(x) stand beside log p(x).
 */
class FittedRunTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException {
    DrawnImages.write(folder);
  }

  static Stream<Path> models() throws IOException {
    return ModelsRunTest.files().filter(ModelsRunTest::isFitted);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theEstimateOfEveryImageIsItsLogLikelihood(Path model) throws IOException {
    RunFiles run = RunFiles.in(folder, model.getFileName() + "-estimated");

    Outcome outcome = run(model, run, "data.shards=2");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("log p(x), fitted in one pass over the images: training.epochs has no effect")
        .contains("Fitted ")
        .contains("the same in closed form");
    List<Row> scores = run.table("evaluation.parquet").rows();
    assertThat(scores).hasSize(DrawnImages.TEST);
    double nll = 0;
    for (Row score : scores) {
      double exact = score.getAs("exact_log_likelihood");
      double allowed = 3 * score.<Double>getAs("standard_error") + 0.01;
      assertThat(score.<Double>getAs("log_likelihood")).isCloseTo(exact, within(allowed));
      assertThat(score.<Double>getAs("elbo")).isCloseTo(exact, within(0.01));
      nll -= exact / DrawnImages.TEST;
    }
    assertThat(run.json("summary.json").get("exact_test_nll").doubleValue())
        .isCloseTo(nll, within(1e-9));
    for (String picture : List.of("training", "samples", "reconstructions", "manifold")) {
      assertThat(run.has("pictures/" + picture + ".png")).as(picture).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theFitIsOneEpochWhateverTheShards(Path model) throws IOException {
    RunFiles two = RunFiles.in(folder, model.getFileName() + "-two");
    RunFiles five = RunFiles.in(folder, model.getFileName() + "-five");
    String[] settings = {"pipeline=[train]", "data.validation.fraction=0.1"};

    run(model, two, Stream.concat(Stream.of("data.shards=2"), Stream.of(settings)));
    run(model, five, Stream.concat(Stream.of("data.shards=5"), Stream.of(settings)));

    assertThat(five.model(1, "coefficients.bin")).isEqualTo(two.model(1, "coefficients.bin"));
    List<Row> epochs = two.table("epochs.parquet").rows();
    assertThat(epochs).hasSize(1);
    double bound = epochs.get(0).getAs("bound");
    assertThat(epochs.get(0).<Double>getAs("validation_bound")).isCloseTo(bound, within(10.0));
    assertThat(epochs.get(0).<Double>getAs("kl")).isPositive();
    assertThat(epochs.get(0).<Long>getAs("images")).isEqualTo(216);
    assertThat(epochs.get(0).<Long>getAs("steps")).isZero();
  }

  @Test
  void moreEpochsChangeNothing() throws IOException {
    Path model = models().findFirst().orElseThrow();
    RunFiles run = RunFiles.in(folder, "again");
    run(model, run, "data.shards=2");
    var before = run.stamps("");

    Outcome again = run(model, run, "data.shards=2", "training.epochs=30");

    assertThat(again.err())
        .isEqualTo(
            "spark-vae: warning: command line: training.epochs has no effect where model.type is factor-analysis\n");
    assertThat(again.out())
        .contains("The model is fitted: there is nothing that more epochs would change")
        .contains("Done already");
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void moreDimensionsThanImagesHaveValuesAreRefused() throws IOException {
    Path model = models().findFirst().orElseThrow();
    Outcome outcome = outcome(model, RunFiles.in(folder, "large"), Stream.of("model.latent=64"));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "spark-vae: error: model.latent is 64, but images have 64 values, of which some must be left to the noise; set it to at most 63\n");
  }

  private static Outcome run(Path model, RunFiles run, String... more) {
    return run(model, run, Stream.of(more));
  }

  private static Outcome run(Path model, RunFiles run, Stream<String> more) {
    Outcome outcome = outcome(model, run, more);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static Outcome outcome(Path model, RunFiles run, Stream<String> more) {
    List<String> arguments = new ArrayList<>(List.of(model.toString(), run.setting()));
    for (String set : List.of("train", "test")) {
      String path = folder + "/idx/" + set;
      arguments.add("data." + set + ".path=\"" + path + "\"");
      arguments.add("data." + set + ".labels=\"" + path + "-labels\"");
    }
    arguments.addAll(
        List.of(
            "data.block-images=50",
            "model.latent=2",
            "evaluation.samples=40",
            "evaluation.block=10"));
    more.forEach(arguments::add);
    return LocalJob.run(arguments.toArray(String[]::new));
  }
}
