package org.sparkvae.job.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooTextTest {
  private static final String BITS = "bits, dynamic binarisation";
  private static final ModelRow PLAIN = row("plain", scored(BITS, 97.04, "0.81", 1000, 0.1785));
  private static final ModelRow CHAIN = row("chain", scored(BITS, 96.5, "null", 983, 0.1775));
  private static final ModelRow LOGISTIC =
      row("logistic", scored("256 levels", 1502.25, "12.5", 1000, 2.7644));
  private static final ModelRow COARSE =
      row("categorical", scored("16 levels", 700.5, "6.5", 1000, 1.289));
  private static final ModelRow DENSITY =
      row("student-t", scored("densities", -872.125, "9", 1000, Double.NaN));
  private static final ModelRow TRAINED =
      row(
          "trained",
          "{\"test_nll\": null, \"epochs\": 1, \"training_images_per_second\": 51.26, \"parameters\": 1200}");

  @Test
  void readsASummary() {
    assertThat(CHAIN)
        .isEqualTo(
            new ModelRow(
                "chain", BITS, 96.5, null, 0.1775, 1000L, 983L, 1000L, 25.5, 33L, 50L, 20L, 7400.4,
                425_284L));
    assertThat(CHAIN.isUpperBound()).isTrue();
    assertThat(PLAIN.isUpperBound()).isFalse();
    assertThat(TRAINED.isScored()).isFalse();
    assertThat(TRAINED.isUpperBound()).isFalse();
  }

  @Test
  void comparesWhatIsOfTheSame() {
    List<Group> groups = Group.of(List.of(PLAIN, COARSE, LOGISTIC, TRAINED, DENSITY, CHAIN));

    assertThat(groups)
        .containsExactly(
            new Group(BITS, List.of(CHAIN, PLAIN)),
            new Group("16 levels", List.of(COARSE)),
            new Group("256 levels", List.of(LOGISTIC)),
            new Group("densities", List.of(DENSITY)));
  }

  @Test
  void hasABlockForEachGroup() {
    assertThat(text(List.of(PLAIN, LOGISTIC, CHAIN, DENSITY), List.of()))
        .containsExactly(
            "log p(x) of bits, dynamic binarisation, nats an image",
            "model NLL +- reliable samples KL active epochs images/s parameters",
            "chain 96.50 - 983/1,000 1,000 25.50 33/50 20 7,400 425,284",
            "plain 97.04 0.81 1,000/1,000 1,000 25.50 33/50 20 7,400 425,284",
            "",
            "log p(x) of 256 levels, nats an image",
            "model NLL +- bits/dim reliable samples KL active epochs images/s parameters",
            "logistic 1,502.25 12.50 2.7644 1,000/1,000 1,000 25.50 33/50 20 7,400 425,284",
            "",
            "log p(x) of densities, nats an image",
            "model NLL +- reliable samples KL active epochs images/s parameters",
            "student-t -872.13 9.00 1,000/1,000 1,000 25.50 33/50 20 7,400 425,284",
            "",
            "Figures of two blocks are not of the same thing, and cannot be compared.",
            "",
            "Where not all images are reliable, the NLL's error is not known: it is an upper bound",
            "in expectation.");
  }

  @Test
  void tellsOfWhatWasNotScoredAndOfWhatFailed() {
    assertThat(
            text(
                List.of(PLAIN, TRAINED),
                List.of(new FailedRow("grid", "no space left: free some"))))
        .containsExactly(
            "log p(x) of bits, dynamic binarisation, nats an image",
            "model NLL +- reliable samples KL active epochs images/s parameters",
            "plain 97.04 0.81 1,000/1,000 1,000 25.50 33/50 20 7,400 425,284",
            "",
            "not scored epochs images/s parameters",
            "trained 1 51.3 1,200",
            "",
            "failed",
            "grid: no space left: free some");
    assertThat(text(List.of(), List.of(new FailedRow("grid", "no"))))
        .containsExactly("failed", "grid: no");
    assertThat(text(List.of(), List.of())).isEmpty();
  }

  @Test
  void showsNoFigureThatIsNotKnown() {
    ModelRow annealed =
        row("annealed", "{\"test_nll\": 96.7, \"test_images\": 100, \"reliable_images\": null}");

    assertThat(text(List.of(annealed), List.of()))
        .contains("annealed 96.70 - - - - - - - -")
        .noneMatch(line -> line.contains("upper bound"));
  }

  @Test
  void drawsAChartForEachGroup(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one.png");
    Path three = folder.resolve("three.png");

    ZooChart.write(Group.of(List.of(PLAIN)), one);
    ZooChart.write(Group.of(List.of(PLAIN, LOGISTIC, DENSITY)), three);
    ZooChart.write(List.of(), folder.resolve("none.png"));

    assertThat(height(three)).isEqualTo(3 * height(one));
    assertThat(Files.exists(folder.resolve("none.png"))).isFalse();
  }

  @Test
  void drawsALineForEachModel(@TempDir Path folder) throws Exception {
    Path two = folder.resolve("two.png");
    Path many = folder.resolve("many.png");
    List<ModelRow> rows =
        IntStream.range(0, 45)
            .mapToObj(i -> row("model-" + i, scored(BITS, 90 + i, "0.5", 1000, 0.1)))
            .toList();

    ZooChart.write(Group.of(rows.subList(0, 2)), two);
    ZooChart.write(Group.of(rows), many);

    Path one = folder.resolve("one.png");
    ZooChart.write(Group.of(rows.subList(0, 1)), one);
    int line = height(two) - height(one);
    assertThat(line).isPositive();
    assertThat(height(many)).isEqualTo(height(one) + 44 * line);
  }

  private static int height(Path picture) throws IOException {
    return ImageIO.read(picture.toFile()).getHeight();
  }

  /** The lines, each run of blanks as one. */
  private static List<String> text(List<ModelRow> rows, List<FailedRow> failed) {
    return ZooText.lines(rows, failed).stream().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private static String scored(
      String of, double nll, String error, int reliable, double bitsPerDimension) {
    return """
        {
          "test_nll": %s, "test_nll_standard_error": %s, "bits_per_dimension": %s,
          "log_likelihood_of": "%s", "test_images": 1000, "reliable_images": %d, "samples": 1000,
          "test_kl": 25.5, "active_units": 33, "latent_units": 50, "epochs": 20,
          "training_images_per_second": 7400.4, "parameters": 425284
        }"""
        .formatted(
            nll, error, Double.isNaN(bitsPerDimension) ? "null" : bitsPerDimension, of, reliable);
  }

  private static ModelRow row(String model, String summary) {
    try {
      return ModelRow.of(model, new ObjectMapper().readTree(summary));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
