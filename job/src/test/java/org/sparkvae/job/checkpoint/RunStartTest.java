package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.JobSettings.Stage;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.SettingsException;

class RunStartTest {
  private static final String CONFIG = "model.latent = 50, evaluation.samples = 5000, seed = 1";
  private static final List<Stage> ALL = List.of(Stage.TRAIN, Stage.EVALUATE);
  private RunDirectory run;

  @BeforeEach
  void open() {
    run = RunDirectory.open(Places.local().toString(), new Configuration(), "application-1");
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  private void prepare(String config, RunSettings.Mode mode, List<Stage> pipeline)
      throws IOException {
    RunStart.prepare(
        run,
        new JobSettings(
            ConfigFactory.parseString(config),
            pipeline,
            1,
            new RunSettings(run.path().toString(), mode),
            null,
            null,
            null,
            null,
            null));
  }

  private void prepare(String config) throws IOException {
    prepare(config, RunSettings.Mode.RESUME, ALL);
  }

  private void finish() throws IOException {
    run.markTrained();
    run.writeDirectory(
        RunDirectory.EVALUATION,
        at -> Places.fileSystem(at).create(new Path(at, "_SUCCESS"), true).close());
    run.markFinished();
  }

  @Test
  void theFirstJobStoresItsSettings() throws IOException {
    prepare(CONFIG);

    assertThat(ConfigFactory.parseString(run.storedConfig().orElseThrow()))
        .isEqualTo(ConfigFactory.parseString(CONFIG));
  }

  @Test
  void theSameSettingsLeaveARunAsItIs() throws IOException {
    prepare(CONFIG);
    finish();

    prepare(CONFIG);

    assertThat(run.isFinished() && run.isTrained() && run.isEvaluated()).isTrue();
  }

  @Test
  void anotherModelIsRefusedWithTheKeysThatDiffer() throws IOException {
    prepare(CONFIG);
    finish();

    assertThatThrownBy(() -> prepare("model.latent = 2, evaluation.samples = 9, seed = 2"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(run.path() + " holds a run with other values of model.latent, seed:")
        .hasMessageContaining("run.mode = overwrite")
        .hasMessageNotContaining("\n");
    assertThat(run.isFinished()).isTrue();
    assertThat(run.storedConfig().orElseThrow()).contains("50");
  }

  @Test
  void anotherEvaluationKeepsTheTraining() throws IOException {
    prepare(CONFIG);
    finish();

    prepare(CONFIG.replace("5000", "100"));

    assertThat(run.isTrained()).isTrue();
    assertThat(run.isEvaluated() || run.isFinished()).isFalse();
    assertThat(run.storedConfig().orElseThrow()).contains("100");
  }

  @Test
  void aRunFinishedWithoutAnEvaluationIsNotFinishedWithOne() throws IOException {
    prepare(CONFIG, RunSettings.Mode.RESUME, List.of(Stage.TRAIN));
    run.markTrained();
    run.markFinished();

    prepare(CONFIG, RunSettings.Mode.RESUME, List.of(Stage.TRAIN));
    assertThat(run.isFinished()).isTrue();
    prepare(CONFIG);

    assertThat(run.isFinished()).isFalse();
    assertThat(run.isTrained()).isTrue();
  }

  @Test
  void overwritingStartsAnew() throws IOException {
    prepare(CONFIG);
    finish();

    prepare("model.latent = 2", RunSettings.Mode.OVERWRITE, ALL);

    assertThat(run.isFinished() || run.isTrained() || run.isEvaluated()).isFalse();
    assertThat(run.storedConfig().orElseThrow()).contains("2").doesNotContain("50");
  }

  @Test
  void aStoredConfigurationThatIsNoneIsOneLine() throws IOException {
    run.storeConfig("{{{");

    assertThatThrownBy(() -> prepare(CONFIG))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(run.path() + " holds a config.conf that cannot be read")
        .hasMessageNotContaining("\n");
  }
}
