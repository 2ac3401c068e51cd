package org.sparkvae.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkvae.archive.StoredNetwork;
import org.sparkvae.job.fixtures.DrawnJob;
import org.sparkvae.job.fixtures.LocalJob;
import org.sparkvae.job.fixtures.LocalJob.Outcome;
import org.sparkvae.job.fixtures.ObjectStore;
import org.sparkvae.job.fixtures.RunFiles;
import org.sparkvae.job.fixtures.RunFiles.Stamp;
import org.sparkvae.job.fixtures.SameBits;

/** A run of 2 epochs that is started again with 3. */
@Timeout(180)
class TrainedOnRunTest {
  private static final String THREE = "training.epochs=3";
  private static final String TWO = "training.epochs=2";
  private static final String KEPT = "The evaluation that was there before is kept in ";
  private static final String DONE = "Done already; the results are in ";

  @TempDir private static Path folder;
  private static String conf;
  private static RunFiles three;
  private static RunFiles two;

  @BeforeAll
  static void run() throws IOException {
    conf = DrawnJob.write(folder, "");
    three = RunFiles.in(folder, "three");
    two = RunFiles.in(folder, "two");
    assertThat(LocalJob.run(conf, three.setting(), THREE).err()).isEmpty();
    assertThat(LocalJob.run(conf, two.setting(), TWO).err()).isEmpty();
  }

  @Test
  void endsWithTheBitsOfOneGo() throws IOException {
    RunFiles run = two.copyTo(folder.resolve("grown"));

    Outcome outcome = LocalJob.run(conf, run.setting(), THREE);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    RunFiles kept = run.otherEvaluation();
    assertThat(outcome.out()).startsWith(KEPT + "file:" + kept.root() + "\n");
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.matches(" *\\d/\\d .*"))
        .singleElement()
        .asString()
        .startsWith("      3/3");
    assertGrown(run, kept);
    assertThat(kept.stamps("pictures").values().stream().map(Stamp::crc))
        .isNotEmpty()
        .containsExactlyElementsOf(
            two.stamps("pictures").values().stream().map(Stamp::crc).toList());
    assertThat(run.names())
        .filteredOn(name -> !name.startsWith("evaluations"))
        .isEqualTo(three.names());

    SortedMap<String, Stamp> before = run.stamps("");
    assertThat(LocalJob.run(conf, run.setting(), THREE))
        .isEqualTo(new Outcome(0, DONE + "file:" + run.root() + "\n", ""));
    assertThat(LocalJob.run(conf, run.setting(), TWO))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "spark-vae: error: run.directory file:%s holds a run with training.epochs = 3, which may only grow, not become 2: choose another directory, or start anew with run.mode=overwrite\n"
                    .formatted(run.root())));
    assertThat(run.stamps("")).isEqualTo(before);
  }

  @Test
  void growsBeforeItIsEvaluatedAndBeforeItIsDone() throws IOException {
    RunFiles run = RunFiles.in(folder, "trained only");
    assertThat(LocalJob.run(conf, run.setting(), TWO, "pipeline=[train]").err()).isEmpty();
    Files.delete(run.root().resolve("_SUCCESS"));
    Files.delete(run.root().resolve("checkpoints/_TRAINED"));

    Outcome outcome = LocalJob.run(conf, run.setting(), THREE);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).doesNotContain(KEPT);
    SameBits.require(run, three, 3);
    assertThat(run.names()).isEqualTo(three.names());
  }

  @Test
  void growsWithoutAnEvaluationToo() throws IOException {
    RunFiles run = two.copyTo(folder.resolve("trained on only"));

    assertThat(LocalJob.run(conf, run.setting(), THREE, "pipeline=[train]").out())
        .startsWith(KEPT + "file:" + run.otherEvaluation().root() + "\n");

    assertThat(run.has("evaluation.parquet")).isFalse();
    assertThat(LocalJob.run(conf, run.setting(), THREE).err()).isEmpty();
    assertGrown(run, run.otherEvaluation());
  }

  /** Loses the store in every step of what opens the run for training again. */
  @ParameterizedTest
  @CsvSource({
    "delete .*/lost-\\d+/_SUCCESS, false",
    "rename .*/lost-\\d+/evaluations/.*config.conf, false",
    "rename .*/lost-\\d+/summary.json, false",
    "create .*/evaluations/.*/_temporary._SUCCESS, false",
    "create .*/evaluations/.*/part-.*, false",
    "create .*/evaluations/.*/evaluation.parquet/_SUCCESS, false",
    "delete .*/lost-\\d+/evaluation.parquet/_SUCCESS, false",
    "delete .*/lost-\\d+/evaluation.parquet/part-.*, false",
    "delete .*/lost-\\d+/checkpoints/_TRAINED, false",
    "rename .*/lost-\\d+/_temporary.config.conf, false",
    "create .*/lost-\\d+/checkpoints/epoch-000003/.*, true",
  })
  void goesOnWhereItIsCutOff(String change, boolean grown) throws IOException {
    RunFiles run = two.copyTo(folder.resolve("lost-" + Math.abs(change.hashCode())));
    ObjectStore.loseAt(change);
    try {
      Outcome lost = onStore(run, THREE);
      assertThat(lost.status()).as(lost.out()).isEqualTo(1);
      assertThat(lost.err()).contains("lost in: ");
    } finally {
      ObjectStore.loseAt("");
    }
    Path config = run.root().resolve("config.conf");
    // Lost when it was renamed away, it comes back.
    Path stored = Files.exists(config) ? config : config.resolveSibling("_old.config.conf");
    assertThat(Files.readString(stored)).contains(grown ? "epochs=3" : "epochs=2");
    if (!grown) {
      RunFiles with = run.copyTo(folder.resolve("two-" + run.root().getFileName()));
      Outcome before = onStore(with, TWO);
      assertThat(before.err()).isEmpty();
      SameBits.require(with, two, 2);
    }

    Outcome outcome = onStore(run, THREE);

    assertThat(outcome.err()).isEmpty();
    assertGrown(run, run.otherEvaluation());
  }

  @Test
  void isNotTrainedOnWherePatienceWasAtItsEnd() throws IOException {
    String[] command = {
      conf,
      "run.directory=" + folder.resolve("patient"),
      "report.pictures=false",
      "training.optimiser.learning-rate=1e-30",
      "data.validation.fraction=0.2",
      "training.validation.patience=1",
      "training.epochs=5"
    };
    assertThat(LocalJob.run(command).err()).isEmpty();
    RunFiles run = RunFiles.in(folder, "patient");
    int epochs = run.json("summary.json").get("epochs").intValue();
    assertThat(epochs).isLessThan(5);
    int best = run.json("summary.json").get("model_epoch").intValue();
    assertThat(best).isLessThan(epochs);
    assertThat(StoredNetwork.read(run.root()).file())
        .isEqualTo(run.root().resolve(RunFiles.checkpoint(best)).resolve("model.zip"));
    SortedMap<String, Stamp> before = run.stamps("");

    command[command.length - 1] = "training.epochs=9";

    assertThat(LocalJob.run(command))
        .isEqualTo(
            new Outcome(
                0,
                "Training ended at epoch %d: 1 validation without gain, as training.validation.patience asks\n"
                        .formatted(epochs)
                    + DONE
                    + "file:"
                    + run.root()
                    + "\n",
                ""));
    assertThat(run.stamps("")).isEqualTo(before);
  }

  private static void assertGrown(RunFiles run, RunFiles kept) throws IOException {
    SameBits.require(run, three, 3);
    assertThat(run.table("epochs.parquet").rows()).hasSize(3);
    SameBits.requireScores(kept, two);
    assertThat(kept.has("_SUCCESS")).isTrue();
    assertThat(kept.json("summary.json")).isEqualTo(two.json("summary.json"));
    assertThat(Files.readString(kept.root().resolve("config.conf"))).contains("epochs=2");
  }

  private static Outcome onStore(RunFiles run, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(conf);
    command.add("run.directory=" + ObjectStore.uri(run.root()));
    command.add("report.pictures=false");
    command.addAll(List.of(arguments));
    return LocalJob.run(ObjectStore.settings(), command.toArray(String[]::new));
  }
}
