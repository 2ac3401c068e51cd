package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkvae.evaluation.Annealed;
import org.sparkvae.evaluation.Importance;
import org.sparkvae.job.apply.ModelHere;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.posterior.Chain;
import org.sparkvae.posterior.DiagonalGaussian;
import org.sparkvae.posterior.Planar;
import org.sparkvae.posterior.Posterior;

/** The gaps of models of which log p(x) and the best posterior are known. */
class TightnessTest {
  private static final Tightness TIGHTNESS = new Tightness(1000, 3000, 200, 0.03, new Importance());

  /** Two groups, the second of which is short. */
  private static final List<SeenImage> IMAGES = CorrelatedGaussian.images(13);

  private static final double SHORT_OF_BEST = 0.004;

  private static List<Row> rows(Posterior posterior, List<SeenImage> images) {
    return rows(CorrelatedGaussian.model(posterior), images);
  }

  private static List<Row> rows(ModelHere model, List<SeenImage> images) {
    return TIGHTNESS.rows(GivenSubject.ofImages(model, images));
  }

  private static int columns() {
    return TIGHTNESS.columns().size();
  }

  private static double figure(Row row, String name) {
    return row.getDouble(TIGHTNESS.columns().fieldIndex(name));
  }

  private static void requireClose(Row row, String name, double expected) {
    double error = figure(row, name + "_standard_error");
    assertThat(figure(row, name)).as(name).isCloseTo(expected, within(4 * error + SHORT_OF_BEST));
  }

  @Test
  void independentDimensionsLackTheCorrelationAndTheEncoderTheRest() {
    assertThat(CorrelatedGaussian.approximationGap()).isGreaterThan(0.1);
    for (Row row : rows(new DiagonalGaussian(), IMAGES)) {
      requireClose(row, "approximation_gap", CorrelatedGaussian.approximationGap());
      requireClose(
          row,
          "amortisation_gap",
          CorrelatedGaussian.encoderGap() - CorrelatedGaussian.approximationGap());
      assertThat(figure(row, "approximation_gap_standard_error")).isBetween(1e-4, 0.1);
      assertThat(figure(row, "amortisation_gap_standard_error")).isBetween(1e-4, 0.1);
    }
  }

  @Test
  void aChainOfTwoLacksNothing() {
    List<Row> rows = rows(new Chain(), IMAGES);
    for (int i = 0; i < rows.size(); i++) {
      double truth = CorrelatedGaussian.logDensity(IMAGES.get(i).values());
      requireClose(rows.get(i), "approximation_gap", 0);
      requireClose(rows.get(i), "amortisation_gap", CorrelatedGaussian.encoderGap());
      assertThat(figure(rows.get(i), "log_likelihood")).isCloseTo(truth, within(0.005));
      assertThat(figure(rows.get(i), "refined_elbo")).isCloseTo(truth, within(0.01));
      assertThat(figure(rows.get(i), "elbo") + figure(rows.get(i), "amortisation_gap"))
          .isCloseTo(figure(rows.get(i), "refined_elbo"), within(1e-9));
    }
  }

  @Test
  void mapsOfIndependentDimensionsLackLessThanThese() {
    for (Row row : rows(new Planar(2, new DiagonalGaussian()), IMAGES.subList(0, 3))) {
      assertThat(figure(row, "approximation_gap"))
          .isBetween(-0.01, CorrelatedGaussian.approximationGap() - 0.02);
    }
  }

  @Test
  void theEncodersOwnIsKeptWhereItIsTheBest() {
    int images = 4;
    var block = LinearGaussian.images(images);
    List<SeenImage> seen = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      float[] values = new float[LinearGaussian.PIXELS];
      for (int p = 0; p < values.length; p++) {
        values[p] = (block.pixels()[i * values.length + p] & 255) / 255f;
      }
      seen.add(new SeenImage(i, 7, "seven", "id", "path", values, () -> values, null));
    }
    ModelHere exact =
        new ModelHere(
            LinearGaussian.SPEC, Nd4j.createFromArray(LinearGaussian.parameters(0, 1)), 3);
    List<Row> rows = rows(exact, seen);
    for (int i = 0; i < images; i++) {
      assertThat(figure(rows.get(i), "log_likelihood"))
          .isCloseTo(LinearGaussian.logDensity(block, i), within(2e-4));
      assertThat(figure(rows.get(i), "approximation_gap")).isCloseTo(0, within(1e-6));
      assertThat(figure(rows.get(i), "amortisation_gap")).isCloseTo(0, within(1e-5));
      assertThat(Arrays.asList(rows.get(i).get(1), rows.get(i).get(2), rows.get(i).get(4)))
          .containsExactly(7, "seven", "path");
      assertThat(rows.get(i).isNullAt(columns() - 2)).as("all weights are equal").isTrue();
      assertThat(rows.get(i).getBoolean(columns() - 1)).isTrue();
    }
  }

  @Test
  void anImagesRowDoesNotDependOnThoseBesideIt() {
    List<Row> all = rows(new DiagonalGaussian(), IMAGES);

    assertThat(rows(new DiagonalGaussian(), IMAGES.subList(0, 1))).containsExactly(all.get(0));
    assertThat(rows(new DiagonalGaussian(), IMAGES.subList(10, 11))).containsExactly(all.get(10));
  }

  @Test
  void chainsCountWhereFewSamplesTellNothing() {
    Annealed chains = new Annealed(Annealed.Start.ENCODER, 40, 30, 3, 0);
    Tightness annealed = new Tightness(1000, 10, 100, 0.03, chains);
    ModelHere model = CorrelatedGaussian.model(new DiagonalGaussian());

    List<Row> rows = annealed.rows(GivenSubject.ofImages(model, IMAGES));

    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).isNullAt(columns() - 2)).isTrue();
      assertThat(rows.get(i).getBoolean(columns() - 1)).isTrue();
      assertThat(figure(rows.get(i), "log_likelihood"))
          .isCloseTo(CorrelatedGaussian.logDensity(IMAGES.get(i).values()), within(0.2));
    }
    assertThat(annealed.figures(rows)).containsEntry("reliable_images", 13L);
    assertThat(annealed.lines(rows)).hasSize(6);
  }

  @Test
  void theFiguresAreMeansOverImages() {
    List<Row> rows = rows(new DiagonalGaussian(), IMAGES);
    var figures = TIGHTNESS.figures(rows);

    double mean = rows.stream().mapToDouble(row -> figure(row, "elbo")).average().orElseThrow();
    assertThat(figures).containsEntry("images", 13).containsEntry("samples", 3000);
    assertThat((double) figures.get("elbo")).isCloseTo(mean, within(1e-9));
    assertThat((double) figures.get("approximation_gap_standard_error_from_sampling"))
        .isLessThan(figure(rows.get(0), "approximation_gap_standard_error"));
    assertThat(figures).containsEntry("reliable_images", 13L);
    assertThat(TIGHTNESS.lines(rows)).hasSize(6).anyMatch(line -> line.contains("amortisation"));
  }
}
