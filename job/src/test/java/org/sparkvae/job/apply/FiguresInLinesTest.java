package org.sparkvae.job.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person is told of a stage's figures, and of those that there are none of. */
class FiguresInLinesTest {
  private static List<String> encoded(long images, long active) {
    return new Encode("")
        .lines(Map.of("images", images, "active_units", active, "latent_units", 4));
  }

  @Test
  void unitsAreCountedWhereTheyCanVary() {
    assertThat(encoded(20, 3)).containsExactly("Encoded 20 images: 3 of 4 latent units active");
    assertThat(encoded(1, 0)).containsExactly("Encoded 1 image");
  }

  @Test
  void errorsAreToldOfWhereTheyAreKnown() {
    Impute impute = new Impute("", null, null, 0);
    Map<String, Object> figures = new HashMap<>();
    figures.put("images", 9L);
    figures.put("mean_missing_pixels", 4.0);
    figures.put("mean_squared_error", 0.25);
    assertThat(impute.lines(figures))
        .containsExactly(
            "Imputed 9 images, of which 4 pixels are missing on average: squared error 0.25000 a"
                + " missing value, the mean of the images' own");
    figures.put("mean_squared_error", null);
    assertThat(impute.lines(figures))
        .containsExactly("Imputed 9 images, of which 4 pixels are missing on average");
  }
}
