package org.sparkvae.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkvae.job.settings.SettingsException;

class OtherRunTest {
  @TempDir private Path run;

  private OtherRun open() {
    return OtherRun.open("analyse.against", run.toString(), new Configuration());
  }

  @Test
  void readsSettingsThatAKilledJobWasAboutToReplace() throws IOException {
    String text = "training.validation.patience = 3";
    Files.writeString(run.resolve("_old.config.conf"), text);

    assertThat(open().patience()).isEqualTo(3);
    assertThat(open().text("config.conf")).contains(text);

    Files.writeString(run.resolve("config.conf"), "training.validation.patience = 4");
    assertThat(open().patience()).isEqualTo(4);
  }

  @Test
  void aDirectoryWithoutSettingsIsRefused() {
    assertThatThrownBy(this::open)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "analyse.against file:%s holds no run: name the directory of one", run.toString());
  }
}
