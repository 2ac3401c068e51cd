package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.checkpoint.RunStart.Way;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.job.storage.Places;

class RunStartTest {
  private static final int SLOTS = 3;
  private static final String CONFIG =
      "data { train { source = idx, path = a }, test { source = idx, path = b } }";

  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = RunDirectory.open(Places.local().toString(), new Configuration(), "application-1");
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  private RunStart settle(String... overrides) throws IOException {
    Path conf = Files.writeString(folder.resolve("run.conf"), CONFIG);
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("run.directory=" + run.path());
    return RunStart.settle(run, SettingsReader.read(conf.toString(), all), SLOTS);
  }

  private RunStart begin(String... overrides) throws IOException {
    RunStart start = settle(overrides);
    start.begin(run);
    return start;
  }

  private void finish() throws IOException {
    run.markTrained(1);
    run.writeDirectory(
        RunDirectory.EVALUATION,
        at ->
            Places.fileSystem(at)
                .create(new org.apache.hadoop.fs.Path(at, "_SUCCESS"), true)
                .close());
    run.markFinished();
  }

  @Test
  void theFirstJobStoresItsSettings() throws IOException {
    assertThat(begin().way()).isEqualTo(Way.FROM_THE_START);

    Config stored = ConfigFactory.parseString(run.storedConfig().orElseThrow());
    assertThat(stored.getInt("model.latent")).isEqualTo(50);
    assertThat(stored.getInt("evaluation.samples")).isEqualTo(5000);
  }

  @Test
  void aRunThatNeverBeganTakesOtherSettings() throws IOException {
    begin();
    run.write(RunDirectory.BAD_IMAGES, out -> out.write('x'));

    begin("data.train.path=c");

    Config stored = ConfigFactory.parseString(run.storedConfig().orElseThrow());
    assertThat(stored.getString("data.train.path")).isEqualTo("c");
    assertThat(run.path().getFileSystem(new Configuration()).listStatus(run.path()))
        .extracting(file -> file.getPath().getName())
        .containsExactlyInAnyOrder("_running", "_started", "config.conf");
  }

  @Test
  void aRunThatBeganWithNoMoreThanItsSettingsIsBegunAgain() throws IOException {
    settle().storeSettings(run);

    assertThat(begin("data.train.path=c").way()).isEqualTo(Way.FROM_THE_START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "overwrite"})
  void aPersonsOwnSettingsFileIsNoRun(String mode) throws IOException {
    run.storeConfig(CONFIG);
    run.write("pictures/mine.png", out -> out.write('x'));

    assertThatThrownBy(() -> begin("run.mode=" + mode))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds no run, but a config.conf that no run wrote: choose another directory",
            run.path());
    assertThat(run.storedConfig()).contains(CONFIG);
    assertThat(run.bytes("pictures/mine.png")).isPresent();
  }

  @Test
  void aRunKeepsTheShardsItWasStartedWith() throws IOException {
    assertThat(begin().settings().data().cut().shards()).isEqualTo(SLOTS);
    run.markTrained(1);

    Path conf = Files.writeString(folder.resolve("again.conf"), CONFIG);
    JobSettings again =
        SettingsReader.read(conf.toString(), List.of("run.directory=" + run.path()));
    assertThat(RunStart.settle(run, again, SLOTS + 5).settings().data().cut().shards())
        .isEqualTo(SLOTS);
    assertThatThrownBy(() -> settle("data.shards=4"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of data.shards:");
  }

  @Test
  void aRunKeepsTheColourThatItsImagesHad() throws IOException {
    RunStart start = settle().withColour(Colour.RGB);
    start.begin(run);
    run.markTrained(1);

    assertThat(run.storedConfig().orElseThrow())
        .contains("colour=rgb")
        .doesNotContain("colour=auto");
    assertThat(settle().settings().data()).isEqualTo(start.settings().data());
    assertThat(settle().settings().config().getString("data.validation.colour")).isEqualTo("rgb");
    assertThat(settle("data.train.colour=rgb").way()).isEqualTo(settle().way());
    assertThatThrownBy(() -> settle("data.train.colour=grey"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of data.train.colour:");
  }

  @Test
  void aColourThatIsSetIsNotSettled() throws IOException {
    JobSettings settled =
        settle("data.train.source=folder", "data.train.colour=grey")
            .withColour(Colour.RGB)
            .settings();

    assertThat(settled.data().train().colour()).isEqualTo(Colour.GREY);
    assertThat(settled.config().getString("data.train.colour")).isEqualTo("grey");
    assertThat(settled.config().getString("data.test.colour")).isEqualTo("rgb");
  }

  @Test
  void theSameSettingsLeaveARunAsItIs() throws IOException {
    begin();
    finish();

    assertThat(begin().way()).isEqualTo(Way.WHERE_IT_WAS);

    assertThat(run.isFinished() && run.isTrained() && run.isEvaluated()).isTrue();
  }

  @Test
  void anotherModelIsRefusedWithTheKeysThatDiffer() throws IOException {
    begin();
    finish();

    assertThatThrownBy(() -> settle("model.latent=2", "evaluation.samples=9", "seed=2"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds a run with other values of model.latent, seed: choose another directory, or start anew with run.mode=overwrite",
            run.path());
    assertThat(run.isFinished()).isTrue();
    assertThat(run.storedConfig().orElseThrow()).contains("50");
  }

  @Test
  void anEvaluateOnlyJobIsToldToLeaveOtherSettingsOut() throws IOException {
    begin();
    finish();

    assertThatThrownBy(() -> settle("pipeline=[evaluate]", "seed=2", "training.epochs=21"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds a run with other values of seed, training.epochs: leave them out, so that the run's are taken, or choose another run",
            run.path());
  }

  @Test
  void anotherEvaluationIsRefusedUnlessItIsAllThatIsAskedFor() throws IOException {
    begin();
    finish();

    assertThatThrownBy(() -> settle("evaluation.samples=100"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds a run with other values of evaluation.samples: evaluate it anew with pipeline=[evaluate], choose another directory, or start anew with run.mode=overwrite",
            run.path());
    String stored = run.storedConfig().orElseThrow();

    RunStart start = settle("evaluation.samples=100", "pipeline=[evaluate]");
    assertThat(start.way()).isEqualTo(Way.WITH_ANOTHER_EVALUATION);
    start.begin(run);
    assertThat(run.isFinished() && run.isEvaluated() && run.isTrained()).isTrue();
    assertThat(run.storedConfig()).contains(stored);
    assertThat(settle("pipeline=[evaluate]").way()).isEqualTo(Way.WHERE_IT_WAS);
    assertThat(settle("pipeline=[evaluate]", "evaluation.directory=elsewhere").way())
        .as("what is asked for")
        .isEqualTo(Way.WITH_ANOTHER_EVALUATION);
  }

  @Test
  void anEvaluationThatIsBegunIsTheRunsOwn() throws IOException {
    begin();
    run.markTrained(1);
    run.write(RunDirectory.SLICES + "/0000", out -> {});

    assertThat(settle("evaluation.samples=100", "pipeline=[evaluate]").way())
        .isEqualTo(Way.WITH_ANOTHER_EVALUATION);
    assertThatThrownBy(() -> settle("evaluation.samples=100"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of evaluation.samples: evaluate it anew with");
    assertThat(settle().way()).isEqualTo(Way.WITH_ITS_EVALUATION);
  }

  @Test
  void anEvaluationThatIsMeantIsTheRunsOwnBeforeItIsBegun() throws IOException {
    begin();
    run.markTrained(1);
    String stored = run.storedConfig().orElseThrow();

    RunStart other = settle("data.test.path=c", "pipeline=[evaluate]");
    assertThat(other.way()).isEqualTo(Way.WITH_ANOTHER_EVALUATION);
    other.begin(run);
    assertThat(run.storedConfig()).contains(stored);
    assertThat(settle("pipeline=[evaluate]").way()).isEqualTo(Way.WITH_ITS_EVALUATION);
    assertThat(settle().way()).isEqualTo(Way.WITH_ITS_EVALUATION);
  }

  @Test
  void aRunFinishedWithoutAnEvaluationIsNotFinishedWithOne() throws IOException {
    begin("pipeline=[train]");
    run.markTrained(1);
    run.markFinished();

    assertThat(settle("pipeline=[train]").way()).isEqualTo(Way.WHERE_IT_WAS);
    assertThat(settle().way()).isEqualTo(Way.WITH_ITS_EVALUATION);
    assertThat(settle("pipeline=[evaluate]", "evaluation.samples=7").way())
        .isEqualTo(Way.WITH_ITS_EVALUATION);
  }

  @Test
  void epochsMayGrow() throws IOException {
    begin();
    finish();
    run.write("pictures/training.png", out -> {});

    RunStart start = settle("training.epochs=21");
    assertThat(start.way()).isEqualTo(Way.WITH_MORE_EPOCHS);
    assertThat(run.isFinished() && run.isTrained())
        .as("nothing is changed before the images are there")
        .isTrue();

    start.begin(run);
    assertThat(run.isTrained()).isFalse();
    assertThat(run.bytes("pictures/training.png")).isEmpty();
    assertThat(
            ConfigFactory.parseString(run.storedConfig().orElseThrow()).getInt("training.epochs"))
        .isEqualTo(21);
    assertThatThrownBy(() -> settle())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds a run with training.epochs = 21, which may only grow, not become 20: choose another directory, or start anew with run.mode=overwrite",
            run.path());
    assertThatThrownBy(() -> settle("training.epochs=22", "seed=2"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of seed: ");
    assertThatThrownBy(() -> settle("seed=2"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of seed, training.epochs: ");
  }

  @Test
  void aRunWithoutASettingsKeyHasItsDefault() throws IOException {
    RunStart start = begin();
    Config older = start.settings().config().withoutPath("training.start-from");
    older = older.withoutPath("evaluation.block").withoutPath("evaluation.stream");
    run.storeConfig(ConfigText.of(older));
    finish();

    assertThat(settle().way()).isEqualTo(Way.WHERE_IT_WAS);
    assertThatThrownBy(() -> settle("training.start-from=other"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("other values of training.start-from: ");
  }

  @Test
  void overwritingStartsAnew() throws IOException {
    begin();
    finish();

    RunStart start = settle("model.latent=2", "run.mode=overwrite");
    assertThat(run.isFinished() && run.isTrained() && run.isEvaluated())
        .as("nothing is deleted before the images are there")
        .isTrue();

    start.begin(run);
    assertThat(run.isFinished() || run.isTrained() || run.isEvaluated()).isFalse();
    Config stored = ConfigFactory.parseString(run.storedConfig().orElseThrow());
    assertThat(stored.getInt("model.latent")).isEqualTo(2);
  }

  @Test
  void aFurtherAttemptGoesOnWhereTheFirstOverwrote() throws IOException {
    begin("run.mode=overwrite");
    run.markTrained(1);
    reopen("application-1");
    assertThat(settle("run.mode=overwrite").way()).isEqualTo(Way.WITH_ITS_EVALUATION);
    reopen("application-2");
    assertThat(settle("run.mode=overwrite").way()).isEqualTo(Way.FROM_THE_START);
  }

  @Test
  void overwritingAFinishedRunStartsAnewInTheSameApplicationToo() throws IOException {
    begin("run.mode=overwrite");
    finish();
    assertThat(settle("run.mode=overwrite").way()).isEqualTo(Way.FROM_THE_START);
  }

  private void reopen(String application) throws IOException {
    org.apache.hadoop.fs.Path path = run.path();
    run.close();
    run = RunDirectory.open(path.toString(), new Configuration(), application);
  }

  @Test
  void anEvaluationThatIsNotThereMayBeAnother() throws IOException {
    begin();
    run.markTrained(1);

    RunStart start = settle("evaluation.samples=100");
    assertThat(start.way()).isEqualTo(Way.WITH_ITS_EVALUATION);
    start.begin(run);
    assertThat(run.isTrained()).isTrue();
    start.storeSettings(run);
    assertThat(run.storedConfig().orElseThrow()).contains("100");
  }

  @Test
  void aStoredConfigurationThatIsNoneIsOneLine() throws IOException {
    run.storeConfig("{{{");
    run.markTrained(1);

    assertThatThrownBy(() -> settle())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "run.directory %s holds a config.conf that cannot be read: choose another directory, or start anew with run.mode=overwrite",
            run.path());
  }
}
