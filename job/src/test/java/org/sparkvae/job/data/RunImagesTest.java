package org.sparkvae.job.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.data.images.ImageShape;

class RunImagesTest {
  @Test
  void readsWhatItWrote() {
    RunImages images = new RunImages(new ImageShape(14, 56, 3), List.of("", "a \"b\"", "\u753b"));

    assertThat(images.json()).contains("\"width\" : 14", "\"height\" : 56", "\"channels\" : 3");
    assertThat(RunImages.parse(images.json())).contains(images);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "{\"width\": 2, \"height\": 2, \"channels\": 2}"})
  void takesADamagedFileForNone(String json) {
    assertThat(RunImages.parse(json)).isEmpty();
  }
}
