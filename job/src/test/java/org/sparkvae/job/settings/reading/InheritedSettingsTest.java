package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.settings.Binarisation;
import org.sparkvae.job.settings.Colour;
import org.sparkvae.job.settings.ComputeSettings;
import org.sparkvae.job.settings.DataSettings;
import org.sparkvae.job.settings.EvaluationSettings;
import org.sparkvae.job.settings.ImageSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.RunSettings;
import org.sparkvae.job.settings.Scale;
import org.sparkvae.job.settings.SettingsException;

/** Settings of a job that only evaluates, on three lines or more, and those of its run. */
class InheritedSettingsTest {
  private static final String NEW =
      """
      run.directory = "%s"
      pipeline = [evaluate]
      data.test { source = parquet, path = t, width = 2, height = 3 }
      """;

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void makeRun() throws IOException {
    run = Files.createDirectory(folder.resolve("run"));
    store(
        """
        data.train { source = folder, path = a, labels = parent, limit = 9, colour = rgb }
        data.test { source = folder, path = b, limit = 8, colour = grey }
        data { binarisation = static, threshold = 0.25, shards = 3, on-bad-image = skip }
        seed = 4, model.latent = 7, training.epochs = 6
        evaluation { samples = 5, block = 3 }
        report.pictures = false, compute.device = cpu
        """);
  }

  /** Stores the settings of a run, as a job does. */
  private void store(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), lines);
    JobSettings settings = SettingsReader.read(file.toString(), List.of("run.directory=x"));
    Files.writeString(run.resolve("config.conf"), ConfigText.of(settings.config()));
  }

  private JobSettings read(String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("new.conf"), NEW.formatted(run));
    return SettingsReader.read(file.toString(), List.of(overrides));
  }

  @Test
  void takesAllButTheJobAndTheEvaluationFromTheRun() throws IOException {
    JobSettings settings = read();

    assertThat(settings.seed()).isEqualTo(4);
    assertThat(settings.model().latent()).isEqualTo(7);
    assertThat(settings.training().epochs()).isEqualTo(6);
    assertThat(settings.data().bits().binarisation()).isEqualTo(Binarisation.STATIC);
    assertThat(settings.data().bits().threshold()).isEqualTo(0.25);
    assertThat(settings.data().cut().shards()).isEqualTo(3);
    assertThat(settings.data().train().limit()).isEqualTo(9);
    assertThat(settings.config().getString("data.train.path")).isEqualTo("a");

    assertThat(settings.run())
        .isEqualTo(new RunSettings(run.toString(), RunSettings.Mode.RESUME, ""));
    assertThat(settings.data().test())
        .isEqualTo(
            new ImageSource.Parquet("t", "image", "", "", 2, 3, 1, 0, Colour.GREY, Scale.BYTES));
    assertThat(settings.data().onBadImage()).isEqualTo(DataSettings.OnBadImage.FAIL);
    assertThat(settings.evaluation()).isEqualTo(new EvaluationSettings(5000, 500, 0));
    assertThat(settings.report().pictures()).isTrue();
    assertThat(settings.compute().device()).isEqualTo(ComputeSettings.Device.AUTO);
    assertThat(Warnings.of(settings)).isEmpty();
  }

  @Test
  void takesSettingsThatAKilledJobWasAboutToReplace() throws IOException {
    Files.move(run.resolve("config.conf"), run.resolve("_old.config.conf"));

    assertThat(read().model().latent()).isEqualTo(7);
    assertThat(read().data().train().limit()).isEqualTo(9);
  }

  @Test
  void goesAfterWhatIsGiven() throws IOException {
    assertThat(read("seed=5").seed()).isEqualTo(5);
    assertThat(read("data.block-images=${seed}").data().cut().blockImages()).isEqualTo(4);
  }

  @Test
  void readsImagesAsTheRunReadsItsTestImages() throws IOException {
    assertThat(colour()).isEqualTo("grey");
    assertThat(colour("data.test.colour=rgb")).isEqualTo("rgb");
    assertThat(colour("image-source.colour=rgb")).isEqualTo("rgb");
    store(
        """
        pipeline = [train]
        data.train { source = folder, path = a, colour = rgb }
        """);
    assertThat(colour()).as("as its training images").isEqualTo("rgb");
  }

  private String colour(String... overrides) throws IOException {
    return read(overrides).config().getString("data.test.colour");
  }

  @Test
  void takesNothingWhereItTrainsOrThereIsNoRun() throws IOException {
    List<String> training = new ArrayList<>(List.of("pipeline=[train]"));
    training.add("data.train={ source = idx, path = a }");
    assertThat(read(training.toArray(String[]::new)).seed()).isEqualTo(1);
    Files.delete(run.resolve("config.conf"));
    assertThat(read().seed()).isEqualTo(1);
    assertThatThrownBy(() -> read("run.directory=[1]"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("command line: run.directory is [1], but must be text");
  }

  @Test
  void takesASecretAsItIsStored() throws IOException {
    store(
        """
        pipeline = [train]
        data.train { source = idx, path = "s3a://me:word@bucket/a" }
        """);
    Config stored = ConfigText.parse(Files.readString(run.resolve("config.conf")));

    JobSettings settings = read();

    assertThat(settings.config().getString("data.train.path"))
        .isEqualTo("s3a://(redacted)@bucket/a");
    assertThat(ConfigDifference.between(stored, settings.config()).training()).isEmpty();
  }

  @Test
  void saysThatAValueIsTheRuns() throws IOException {
    Path config = run.resolve("config.conf");
    Files.writeString(config, "seed = 1\nmodel.latent = many\n");
    assertThatThrownBy(this::read)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the run's %s:2: model.latent is \"many\", but must be a whole number of at least 1",
            config);
    assertThatThrownBy(() -> read("model.latent=few"))
        .hasMessageStartingWith("command line: model.latent is \"few\"");
    Files.writeString(config, "seed = 1\n{{{");
    assertThatThrownBy(this::read)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("the run's " + config + ":2: ")
        .hasMessageEndingWith("; restore the file, or choose another run")
        .hasMessageNotContaining("\n");
  }
}
