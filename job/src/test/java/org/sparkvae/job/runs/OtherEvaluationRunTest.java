package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.fixtures.DrawnImages;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.fixtures.SameBits;

/**
 * A trained run that is evaluated on other images, or otherwise, with a settings file of its own.
 */
@Timeout(180)
class OtherEvaluationRunTest {
  private static final String DONE = "Done already; the results are in file:";

  @TempDir private static Path folder;
  private static RunFiles trained;
  private static int runs;

  private RunFiles run;
  private SortedMap<String, Stamp> before;
  private String conf;

  @BeforeAll
  static void train() throws IOException {
    String conf =
        DrawnJob.write(folder, "report.pictures = false, seed = 5, data.binarisation = static");
    trained = RunFiles.in(folder, "trained");
    Outcome outcome = LocalJob.run(conf, trained.setting());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @BeforeEach
  void copy() throws IOException {
    run = trained.copyTo(folder.resolve("run-" + ++runs));
    before = run.stamps("");
    conf =
        Files.writeString(
                folder.resolve("other.conf"),
                """
                %s
                pipeline = [evaluate]
                data.test { source = idx, path = "%s" }
                evaluation { samples = 20, block = 10 }
                report.pictures = false
                """
                    .formatted(
                        run.setting().replaceFirst("=(.*)", "=\"$1\""),
                        folder.resolve("images/idx/train")))
            .toString();
  }

  @Test
  void goesBesideTheRunsOwnWithTheRunsSettings() throws IOException {
    Outcome outcome = LocalJob.run(conf);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    RunFiles beside = run.otherEvaluation();
    assertThat(outcome.out())
        .startsWith("Test: 240 images, 20 importance samples each")
        .endsWith("Results in file:" + beside.root() + "\n");
    assertThat(run.stamps("")).containsAllEntriesOf(before);
    assertThat(beside.root().getFileName().toString()).matches("[0-9a-f]{16}");
    assertThat(beside.names())
        .containsExactly("", "_SUCCESS", "config.conf", "evaluation.parquet", "summary.json");
    assertThat(beside.table("evaluation.parquet").rows()).hasSize(240);
    assertThat(beside.json("summary.json").get("seed").intValue()).isEqualTo(5);
    String config = Files.readString(beside.root().resolve("config.conf"));
    assertThat(config).contains("binarisation=static", "samples=20", "batch=20");

    SortedMap<String, Stamp> after = run.stamps("");
    assertThat(LocalJob.run(conf)).isEqualTo(new Outcome(0, DONE + beside.root() + "\n", ""));
    assertThat(LocalJob.run(beside.root().resolve("config.conf").toString()))
        .as("its own settings")
        .isEqualTo(new Outcome(0, DONE + beside.root() + "\n", ""));
    assertThat(run.stamps("")).isEqualTo(after);
  }

  @Test
  void goesBesideARunsOwnThatIsStillToCome() throws IOException {
    for (String name : List.of("_SUCCESS", "evaluation.parquet/_SUCCESS")) {
      Files.delete(run.root().resolve(name));
    }
    String config = Files.readString(run.root().resolve("config.conf"));

    assertThat(LocalJob.run(conf).out())
        .endsWith("Results in file:" + run.otherEvaluation().root() + "\n");

    assertThat(run.root().resolve("config.conf")).hasContent(config);
    Outcome own = LocalJob.run(folder.resolve("job.conf").toString(), run.setting());
    assertThat(own.err()).isEmpty();
    assertThat(own.out()).endsWith("Results in file:" + run.root() + "\n");
    SameBits.requireScores(run, trained);
  }

  @Test
  void givesTheScoresOfARunsOwn() throws IOException {
    RunFiles own = RunFiles.in(folder, "own");
    String job = folder.resolve("job.conf").toString();
    Outcome training = LocalJob.run(job, own.setting(), "pipeline=[train]", "report.pictures=true");
    assertThat(training.err()).isEmpty();
    SortedMap<String, Stamp> pictures = own.stamps("pictures");
    assertThat(LocalJob.run(conf, own.setting()).out())
        .endsWith("Results in file:" + own.root() + "\n");
    assertThat(Files.readString(own.root().resolve("config.conf")))
        .as("an evaluation that was not there may be any")
        .contains("samples=20");
    assertThat(own.stamps("pictures")).containsKey("pictures/training.png").isEqualTo(pictures);

    assertThat(LocalJob.run(conf).status()).isZero();

    SameBits.requireScores(run.otherEvaluation(), own);
  }

  @Test
  void goesOnWhereItWasCutOff() throws IOException {
    assertThat(LocalJob.run(conf).status()).isZero();
    RunFiles beside = run.otherEvaluation();
    RunFiles.Table scores = beside.table("evaluation.parquet");
    for (String name : List.of("_SUCCESS", "summary.json")) {
      Files.delete(beside.root().resolve(name));
    }

    Outcome again = LocalJob.run(conf);

    assertThat(again.err()).isEmpty();
    assertThat(again.out())
        .startsWith("Evaluated already: 240 of 240 images\nTest: 240 images")
        .endsWith("Results in file:" + beside.root() + "\n");
    assertThat(beside.has("_SUCCESS") && beside.has("summary.json")).isTrue();
    assertThat(beside.table("evaluation.parquet")).isEqualTo(scores);
    assertThat(run.stamps("")).containsAllEntriesOf(before);
  }

  @Test
  void goesWhereItIsToldTo() throws IOException {
    RunFiles elsewhere = RunFiles.in(folder, "elsewhere");
    String setting = "evaluation.directory=" + elsewhere.root();

    Outcome outcome = LocalJob.run(conf, setting);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).endsWith("Results in file:" + elsewhere.root() + "\n");
    assertThat(elsewhere.names())
        .containsExactly("", "_SUCCESS", "config.conf", "evaluation.parquet", "summary.json");
    assertThat(run.stamps("")).isEqualTo(before);
    assertThat(LocalJob.run(conf, setting))
        .isEqualTo(new Outcome(0, DONE + elsewhere.root() + "\n", ""));

    for (String name : List.of("_SUCCESS", "evaluation.parquet/_SUCCESS")) {
      Files.delete(elsewhere.root().resolve(name));
    }
    assertThat(LocalJob.run(conf, setting).out())
        .as("cut off in writing its scores")
        .startsWith("Test: 240 images")
        .endsWith("Results in file:" + elsewhere.root() + "\n");

    expectRefused(
        "evaluation.directory file:%s holds an evaluation with other values of evaluation.samples: choose another directory, or leave evaluation.directory out"
            .formatted(elsewhere.root()),
        setting,
        "evaluation.samples=9");
    // As if the images had been others.
    RunFiles other = RunFiles.in(folder, "other");
    assertThat(
            LocalJob.run(
                    conf,
                    "evaluation.directory=" + other.root(),
                    "data.test.path=" + folder.resolve("images/idx/test"))
                .status())
        .isZero();
    Files.copy(
        elsewhere.root().resolve("config.conf"),
        other.root().resolve("config.conf"),
        StandardCopyOption.REPLACE_EXISTING);
    expectRefused(
        "evaluation.directory file:%s holds an evaluation of another model, other images, or another version of spark-vae: choose another directory, or leave evaluation.directory out"
            .formatted(other.root()),
        "evaluation.directory=" + other.root());
    expectRefused(
        "evaluation.directory file:%s holds other files, such as other.conf: choose another directory"
            .formatted(Files.createDirectory(folder.resolve("full"))),
        "evaluation.directory="
            + Files.writeString(folder.resolve("full/other.conf"), "").getParent());
    expectRefused(
        "evaluation.directory file:%s holds other files, such as checkpoints: choose another directory"
            .formatted(run.root()),
        "evaluation.directory=" + run.root());
  }

  @Test
  void isNotToGoElsewhereWhereItIsTheRunsOwn() throws IOException {
    Outcome outcome =
        LocalJob.run(
            run.root().resolve("config.conf").toString(),
            run.setting(),
            "evaluation.directory=" + folder.resolve("nowhere"));

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "spark-vae: error: command line: evaluation.directory is set, but a pipeline that trains evaluates in its run directory; leave it out, or set pipeline = [evaluate]\n"));
  }

  @Test
  void mayNotContradictTheRun() throws IOException {
    expectRefused(
        "run.directory file:%s holds a run with other values of data.train.path, model.latent: leave them out, so that the run's are taken, or choose another run"
            .formatted(run.root()),
        "model.latent=3",
        "data.train { source = idx, path = other }".replace("data.train ", "data.train="));
    // What the run has, too, is no contradiction.
    assertThat(LocalJob.run(conf, "model.latent=2", "training.epochs=3").status()).isZero();
    assertThat(run.stamps("")).containsAllEntriesOf(before);
  }

  @Test
  void takesTheRunsOwnSettingsFile() throws IOException {
    String own = run.root().resolve("config.conf").toString();

    assertThat(LocalJob.run(own, run.setting()))
        .isEqualTo(new Outcome(0, DONE + run.root() + "\n", ""));
    assertThat(LocalJob.run(own, run.setting(), "pipeline=[evaluate]"))
        .isEqualTo(new Outcome(0, DONE + run.root() + "\n", ""));
    assertThat(run.stamps("")).isEqualTo(before);
    Outcome other = LocalJob.run(own, run.setting(), "pipeline=[evaluate]", "evaluation.samples=9");
    assertThat(other.err()).isEmpty();
    assertThat(other.out()).endsWith("Results in file:" + run.otherEvaluation().root() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{{", "model.latent = many", "model.laten = 2"})
  void namesTheRunsSettingsWhereTheyAreWrong(String damage) throws IOException {
    Path own = run.root().resolve("config.conf");
    Files.writeString(own, damage);

    Outcome outcome = LocalJob.run(conf);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("spark-vae: error: the run's " + own).hasLineCount(1);
  }

  @Test
  void readsImagesAsTheRunDid() throws IOException {
    String rgb =
        Files.writeString(
                folder.resolve("rgb.conf"),
                DrawnImages.conf(folder.resolve("images").toString(), "folder", "idx")
                    + """
                    data.train.colour = rgb
                    data.test.source = none
                    pipeline = [train]
                    report.pictures = false
                    """)
            .toString();
    RunFiles colourful = RunFiles.in(folder, "rgb");
    assertThat(LocalJob.run(rgb, colourful.setting()).err()).isEmpty();

    Outcome outcome =
        LocalJob.run(
            conf,
            colourful.setting(),
            "data.test={ source = folder, path = \"%s\" }"
                .formatted(folder.resolve("images/folder/test")));

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("Converted 12 of 12 test images to RGB\nTest: 12 images");
    assertThat(Files.readString(colourful.root().resolve("config.conf")))
        .contains("colour=rgb")
        .doesNotContain("colour=grey,");
  }

  private void expectRefused(String message, String... arguments) throws IOException {
    SortedMap<String, Stamp> untouched = run.stamps("");
    String[] all = new String[arguments.length + 1];
    all[0] = conf;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    assertThat(LocalJob.run(all))
        .isEqualTo(new Outcome(2, "", "spark-vae: error: " + message + "\n"));
    assertThat(run.stamps("")).isEqualTo(untouched);
  }
}
