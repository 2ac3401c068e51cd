package org.sparkvae.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFilesTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  /** Those of Persian, Egyptian Arabic and Bengali have digits of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"en-US", "fa-IR", "ar-EG", "bn-BD"})
  void anEpochIsFoundByItsNameWhateverDigitsTheLocaleHas(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));

    assertThat(CheckpointFiles.name(20)).isEqualTo("epoch-000020");
    assertThat(CheckpointFiles.epoch(CheckpointFiles.name(1_234_567))).hasValue(1_234_567);
  }
}
