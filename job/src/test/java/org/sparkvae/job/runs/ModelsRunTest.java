package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.SameBits;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.proposal.Refinement;
import org.sparkvae.vae.Model;

/**
 * The whole command with every file of {@code conf/models} whose model is trained and has log p(x),
 * on small images.
 */
class ModelsRunTest {
  private static final Path MODELS = Path.of("..", "conf", "models");

  /** What fits two dimensions, and two epochs, of a file's settings for more. */
  private static final Map<String, List<String>> FITTING =
      Map.of(
          "grid", List.of("model.posterior.rows=1", "model.posterior.columns=2"),
          "sylvester", List.of("model.posterior.rank=2"),
          "ladder", List.of("training.kl-warm-up=0"),
          "sbn-3", List.of("model.above.latent=2", "model.above.above.latent=2"));

  private static final String WITHOUT_ENCODER = "density-network";

  /** Whose samples share what upper variables hold. */
  private static final Set<String> OF_LAYERS =
      Set.of("two-layers", "ladder", "hvae", "hvae-vampprior", "sbn-3");

  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException {
    DrawnImages.write(folder);
  }

  static Stream<Path> models() throws IOException {
    return files().filter(file -> !isFitted(file) && model(file).hasLogLikelihood());
  }

  /** Every file. */
  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(MODELS)) {
      return files.sorted().toList().stream();
    }
  }

  /** Whether the model of a file is fitted and not trained. */
  static boolean isFitted(Path file) {
    return model(file).fit().isPresent();
  }

  private static Model model(Path file) {
    return SettingsReader.read(file.toString(), List.of()).model();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTrainedScoredDrawnAnalysedAndGoesOnToTheSameBits(Path model) throws IOException {
    String name = name(model);
    RunFiles atOnce = RunFiles.in(folder, name + "-at-once");

    Outcome outcome =
        run(
            model,
            atOnce,
            2,
            hasGaps(model) ? "pipeline=[train, evaluate, analyse]" : "pipeline=[train, evaluate]",
            "analyse.tightness.images=2",
            "analyse.tightness.samples=60",
            "analyse.tightness.steps=5");
    RunFiles goneOn = atOnce.copyTo(folder.resolve(name + "-gone-on"));
    goneOn.cutOffAfter(1);
    run(model, goneOn, 2, "pipeline=[train]", "report.pictures=false");

    assertThat(outcome.out()).contains("z2").contains("negative log-likelihood");
    SameBits.requireModel(goneOn, atOnce, 2);
    for (String picture : List.of("samples", "reconstructions", "latent-means")) {
      assertThat(atOnce.has("pictures/" + picture + ".png")).as(picture).isTrue();
    }
    assertThat(atOnce.has("pictures/layers.png")).isEqualTo(OF_LAYERS.contains(name));
    // Theirs is the plane of a code of two dimensions, that of both variables.
    assertThat(atOnce.has("pictures/manifold.png")).isEqualTo(!name.startsWith("hvae"));
    List<Row> scores = atOnce.table("evaluation.parquet").rows();
    assertThat(scores).hasSize(DrawnImages.TEST);
    for (Row score : scores) {
      assertThat(score.<Double>getAs("log_likelihood")).isFinite();
      double kl = score.<Double>getAs("reconstruction") - score.<Double>getAs("elbo");
      assertThat(score.<Double>getAs("kl")).isFinite();
      // One in closed form is taken by the samples in training alone under nvil.
      if (outcome.out().contains("KL from the samples") && !outcome.out().contains("nvil")) {
        assertThat(score.<Double>getAs("kl")).isEqualTo(kl);
      }
      if (!score.isNullAt(score.fieldIndex("posterior_standard_deviation"))) {
        assertThat(score.getList(score.fieldIndex("posterior_standard_deviation"))).hasSize(2);
      }
    }
    if (hasGaps(model)) {
      requireGaps(outcome, atOnce);
    }
  }

  /** Whether a search finds the best posterior of an image. */
  private static boolean hasGaps(Path file) {
    Model model = SettingsReader.read(file.toString(), List.of()).model();
    return Refinement.contradiction(model).isEmpty();
  }

  private static String name(Path model) {
    return model.getFileName().toString().replace(".conf", "");
  }

  private static void requireGaps(Outcome outcome, RunFiles run) {
    assertThat(outcome.out()).contains("amortisation gap");
    List<Row> gaps = run.table("analyse/tightness.parquet").rows();
    assertThat(gaps).hasSize(2);
    for (Row gap : gaps) {
      assertThat(gap.<Double>getAs("approximation_gap")).isFinite();
      assertThat(gap.<Double>getAs("refined_elbo")).isFinite();
    }
  }

  private static Outcome run(Path model, RunFiles run, int epochs, String... more) {
    List<String> arguments = new ArrayList<>(List.of(model.toString(), run.setting()));
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
            "model.decoder.hidden=[16]",
            "training.epochs=" + epochs,
            "training.batch=20",
            "training.averaging.every=2",
            "evaluation.samples=40",
            "evaluation.block=10"));
    if (!name(model).equals(WITHOUT_ENCODER)) {
      arguments.add("model.encoder.hidden=[16]");
    }
    arguments.addAll(FITTING.getOrDefault(name(model), List.of()));
    arguments.addAll(List.of(more));
    Outcome outcome = LocalJob.run(arguments.toArray(String[]::new));
    // Bits are idle at first.
    assertThat(outcome.err().replaceAll("spark-vae: warning: no latent unit is active.*\\R", ""))
        .isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome;
  }
}
