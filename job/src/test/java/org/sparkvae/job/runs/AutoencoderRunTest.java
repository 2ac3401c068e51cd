package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;

/** The whole command with a model that has no log p(x), on small images. */
class AutoencoderRunTest {
  private static final Path MODEL = Path.of("..", "conf", "models", "autoencoder-mixture.conf");
  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException {
    DrawnImages.write(folder);
  }

  @Test
  void isTrainedAndDrawnWithoutAWordOfABound() throws IOException {
    RunFiles run = RunFiles.in(folder, "trained");

    Outcome outcome = done(run, 2, "data.validation.fraction=0.1");

    assertThat(outcome.out())
        .contains("which is no bound")
        .contains("Fitted a mixture of 10 to the codes of 216 images")
        .doesNotContain("bound, nats")
        .doesNotContain("likelihood");
    for (String picture : List.of("training", "samples", "reconstructions", "manifold", "codes")) {
      assertThat(run.has("pictures/" + picture + ".png")).as(picture).isTrue();
    }
    assertThat(run.json("summary.json").get("code_log_density").doubleValue()).isFinite();
    assertThat(run.json("summary.json").get("test_nll").isNull()).isTrue();
    List<Row> epochs = run.table("epochs.parquet").rows();
    assertThat(epochs).hasSize(2);
    assertThat(epochs.get(0).schema().fieldNames())
        .contains("penalty", "validation_objective", "code_log_density")
        .doesNotContain("bound", "kl");
    for (Row epoch : epochs) {
      assertThat(epoch.<Double>getAs("validation_bound")).isNull();
      assertThat(epoch.<Double>getAs("validation_objective")).isFinite();
    }
  }

  @Test
  void anEvaluationIsRefusedInALine() {
    Outcome outcome = run(RunFiles.in(folder, "evaluated"), 1, "pipeline=[train, evaluate]");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .endsWith(
            "model.type is autoencoder, which has no log p(x) to evaluate; leave evaluate out of"
                + " pipeline (pipeline = [train])\n")
        .hasLineCount(1);
  }

  private static Outcome done(RunFiles run, int epochs, String... more) {
    Outcome outcome = run(run, epochs, more);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome;
  }

  private static Outcome run(RunFiles run, int epochs, String... more) {
    List<String> arguments = new ArrayList<>(List.of(MODEL.toString(), run.setting()));
    for (String set : List.of("train", "test")) {
      String path = folder + "/idx/" + set;
      arguments.add("data." + set + ".path=\"" + path + "\"");
      arguments.add("data." + set + ".labels=\"" + path + "-labels\"");
    }
    arguments.addAll(
        List.of(
            "data.shards=2",
            "data.block-images=50",
            "model.latent=2",
            "model.penalty=0.01",
            "model.mixture.iterations=3",
            "model.decoder.hidden=[16]",
            "model.encoder.hidden=[16]",
            "training.epochs=" + epochs,
            "training.batch=20",
            "training.averaging.every=2"));
    arguments.addAll(List.of(more));
    return LocalJob.run(arguments.toArray(String[]::new));
  }
}
