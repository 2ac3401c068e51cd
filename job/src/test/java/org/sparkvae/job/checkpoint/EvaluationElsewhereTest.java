package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparkvae.job.storage.StoredFiles.names;
import static org.sparkvae.job.storage.StoredFiles.put;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkvae.job.settings.JobSettings;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.job.settings.reading.ConfigText;
import org.sparkvae.job.settings.reading.SettingsReader;
import org.sparkvae.job.storage.Places;

class EvaluationElsewhereTest {
  @TempDir private java.nio.file.Path folder;

  static Stream<Path> places() {
    return Places.fresh();
  }

  private JobSettings settings(Path place) throws IOException {
    String conf =
        """
        pipeline = [evaluate]
        run.directory = "%s"
        data.test { source = idx, path = b }
        evaluation.directory = "%s"
        """
            .formatted(folder, place);
    java.nio.file.Path file = Files.writeString(folder.resolve("evaluate.conf"), conf);
    return SettingsReader.read(file.toString(), List.of());
  }

  private EvaluationElsewhere open(Path place) throws IOException {
    return EvaluationElsewhere.open(settings(place), new Configuration(), "application-1");
  }

  @ParameterizedTest
  @MethodSource("places")
  void belongsToOneJobAtATime(Path place) throws IOException {
    try (EvaluationElsewhere elsewhere = open(place)) {
      elsewhere.directory().storeConfig(ConfigText.of(settings(place).config()));
      assertThatThrownBy(() -> open(place))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("evaluation.directory " + place + " is in use by process ");
    }
    open(place).close();
    assertThat(names(place)).containsExactly("config.conf");
  }

  @Test
  void isNotTakenFromWhatCannotBeRead() throws IOException {
    Path place = Places.local();
    put(new Path(place, "config.conf"), "{{{");

    assertThatThrownBy(() -> open(place))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "evaluation.directory %s holds an evaluation whose config.conf cannot be read: choose another directory, or leave evaluation.directory out",
            place);
    assertThat(names(place)).containsExactly("config.conf");
  }

  @Test
  void isNoFileAndNoUnknownStore() throws IOException {
    Path file = new Path(Places.local(), "file");
    put(file, "mine");

    for (Path place : List.of(file, new Path(file, "below"), new Path("nothing://a/b"))) {
      assertThatThrownBy(() -> open(place))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith("evaluation.directory " + place + " cannot be used (")
          .hasMessageEndingWith("): check the path and its permissions, or choose another");
    }
  }

  @Test
  void takesWhatAKilledJobLeft() throws IOException {
    Path place = Places.local();
    put(new Path(place, "_old.config.conf"), ConfigText.of(settings(place).config()));
    put(new Path(place, "_temporary.summary.json"), "");

    open(place).close();

    assertThat(names(place)).containsExactly("config.conf");
  }
}
