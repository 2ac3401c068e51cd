package org.sparkvae.job.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  private static final Path PAGE = Path.of("SETTINGS.md");
  private static final Path EXPECTED = Path.of("target", "SETTINGS.md");

  @Test
  void thePageIsWhatTheDeclarationsSay() throws IOException {
    Files.createDirectories(EXPECTED.getParent());
    Files.writeString(EXPECTED, SettingsTable.markdown());

    assertThat(PAGE)
        .as("where the settings were changed, copy job/target/SETTINGS.md to job/SETTINGS.md")
        .hasSameTextualContentAs(EXPECTED);
  }
}
