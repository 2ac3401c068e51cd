package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.fixtures.SameBits;

/** A new run that starts from the model of another one. */
@Timeout(180)
class StartFromRunTest {
  private static final String COEFFICIENTS = "coefficients.bin";

  /** A rate that moves no parameter. */
  private static final String STILL = "training.optimiser.learning-rate=1e-30";

  private static final String WITH_OPTIMISER = "training.start-from-optimiser=true";
  private static final String ONE = "training.epochs=1";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles first;
  private static int runs;

  private RunFiles run;

  @BeforeAll
  static void train() throws IOException {
    conf = DrawnJob.write(folder, "report.pictures = false");
    first = RunFiles.in(folder, "first");
    assertThat(LocalJob.run(conf, first.setting(), "training.epochs=2").err()).isEmpty();
  }

  @BeforeEach
  void name() {
    run = RunFiles.in(folder, "run-" + ++runs);
  }

  private Outcome start(RunFiles from, String... more) {
    List<String> command = new ArrayList<>(List.of(conf, run.setting()));
    command.add("training.start-from=" + from.root());
    command.addAll(List.of(more));
    return LocalJob.run(command.toArray(String[]::new));
  }

  @Test
  void beginsWithItsParametersAndLeavesItAsItIs() throws IOException {
    SortedMap<String, Stamp> before = first.stamps("");

    Outcome outcome = start(first, ONE, STILL, "data.train.limit=100");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith(
            "Starting from epoch 2 of file:"
                + first.root()
                + "\nTraining a variational autoencoder");
    assertThat(run.model(1, COEFFICIENTS)).isEqualTo(first.model(2, COEFFICIENTS));
    assertThat(step(run, 1)).isEqualTo(3);
    JsonNode summary = run.json("summary.json");
    assertThat(summary.get("start_from").textValue()).isEqualTo(first.root().toString());
    assertThat(summary.get("start_from_optimiser").booleanValue()).isFalse();
    assertThat(summary.get("training_images").intValue()).isEqualTo(100);
    assertThat(first.stamps("")).isEqualTo(before);
  }

  @Test
  void takesItsOptimisersStateAndSteps() throws IOException {
    Outcome outcome = start(first, ONE, WITH_OPTIMISER);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(
            "Starting from epoch 2 of file:" + first.root() + ", with its optimiser's state\n");
    assertThat(step(run, 1) - step(first, 2)).isEqualTo(step(first, 2) / 2);
    byte[] with = run.model(1, COEFFICIENTS);
    name();
    assertThat(start(first, ONE).err()).isEmpty();
    assertThat(run.model(1, COEFFICIENTS)).as("without the state").isNotEqualTo(with);
  }

  @Test
  void goesOnByItsOwnCheckpoints() throws IOException {
    RunFiles gone = first.copyTo(folder.resolve("gone"));
    assertThat(start(gone, ONE).err()).isEmpty();
    FileUtil.fullyDelete(gone.root().toFile());

    Outcome outcome = start(gone, "training.epochs=2");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).doesNotContain("Starting from");
    assertThat(outcome.status()).isZero();
    RunFiles grown = run;
    name();
    assertThat(start(first.copyTo(gone.root()), "training.epochs=2").err()).isEmpty();
    SameBits.require(grown, run, 2);
    assertThat(LocalJob.run(conf, run.setting(), "training.epochs=2").err())
        .contains("holds a run with other values of training.start-from: ");
  }

  @Test
  void beginsWithTheLastCheckpointOfARunThatIsNotTrained() throws IOException {
    RunFiles unfinished = first.copyTo(folder.resolve("unfinished"));
    for (String name : List.of("_SUCCESS", "checkpoints/_TRAINED")) {
      Files.delete(unfinished.root().resolve(name));
    }
    FileUtil.fullyDelete(unfinished.root().resolve(RunFiles.checkpoint(2)).toFile());

    Outcome outcome = start(unfinished, ONE, STILL);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("Starting from epoch 1 of file:" + unfinished.root());
    assertThat(run.model(1, COEFFICIENTS)).isEqualTo(first.model(1, COEFFICIENTS));
  }

  @Test
  void isRefusedWhereThereIsNoSuchModel() throws IOException {
    RunFiles none = RunFiles.in(folder, "none");
    expectRefused(
        "training.start-from file:%s holds no run: name the directory of one"
            .formatted(none.root()),
        none);
    RunFiles begun = first.copyTo(folder.resolve("begun"));
    FileUtil.fullyDelete(begun.root().resolve("checkpoints").toFile());
    expectRefused(
        "training.start-from file:%s holds no whole checkpoint: wait for one, or name another run"
            .formatted(begun.root()),
        begun);
    expectRefused(
        "training.start-from is run.directory itself, file:%s: name another run, or leave it out to go on with this one"
            .formatted(run.root()),
        run);
    expectRefused(
        "training.start-from file:%s holds another model (model.latent: 2 there, 3 here; model.encoder.hidden: [16] there, [16, 5] here): set the model and the images like that run's"
            .formatted(first.root()),
        first,
        "model.latent=3",
        "model.encoder.hidden=[16,5]");
    expectRefused(
        "training.start-from file:%s was trained with another optimiser (adam there, sgd here): set training.optimiser like that run's, or training.start-from-optimiser = false"
            .formatted(first.root()),
        first,
        WITH_OPTIMISER,
        "training.optimiser.type=sgd");
  }

  @Test
  void losesNothingWhereItIsRefusedInOverwriting() throws IOException {
    assertThat(start(first, ONE).err()).isEmpty();
    SortedMap<String, Stamp> before = run.stamps("");

    Outcome outcome = start(run, ONE, "run.mode=overwrite");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("training.start-from is run.directory itself");
    assertThat(run.stamps("")).isEqualTo(before);
  }

  private void expectRefused(String message, RunFiles from, String... more) {
    assertThat(start(from, more))
        .isEqualTo(new Outcome(2, "", "spark-vae: error: " + message + "\n"));
  }

  private static int step(RunFiles run, int epoch) throws IOException {
    return run.json(RunFiles.checkpoint(epoch) + "/state.json").get("step").intValue();
  }
}
