package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.data.source.SourceRole;

class RunImagesTest {
  @Test
  void readsWhatItWrote() {
    RunImages images =
        new RunImages(
            new ImageShape(14, 56, 3),
            List.of("", "a \"b\"", "\u753b"),
            Map.of(SourceRole.TRAINING, "0a", SourceRole.VALIDATION, "ff"));

    assertThat(images.json()).contains("\"width\" : 14", "\"height\" : 56", "\"channels\" : 3");
    assertThat(RunImages.parse(images.json())).contains(images);
  }

  @Test
  void readsWhatEarlierVersionsWrote() {
    assertThat(
            RunImages.parse(
                "{\"width\": 2, \"height\": 3, \"channels\": 1, \"label_names\": [\"a\"]}"))
        .contains(new RunImages(new ImageShape(2, 3, 1), List.of("a"), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "{\"width\": 2, \"height\": 2, \"channels\": 2}"})
  void takesADamagedFileForNone(String json) {
    assertThat(RunImages.parse(json)).isEmpty();
  }
}
