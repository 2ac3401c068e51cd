package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;
import org.sparkvae.job.table.MarkedColumns;

/** Analyses of samples, of other images' scores and of epochs, whose outcome is known. */
@ExtendWith(LocalSpark.class)
class OfRunsTest {
  private static GivenSubject subject(
      List<SeenImage> test, List<SeenImage> training, Archive archive) {
    return new GivenSubject(
        GivenSubject.linear(), new float[0][], new float[0][], new int[0], test, training, archive);
  }

  private static GivenSubject subject(Archive archive) {
    return subject(List.of(), List.of(), archive);
  }

  private static List<SeenImage> noise(int n, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, n)
        .mapToObj(
            id -> {
              float[] values = new float[LinearGaussian.PIXELS];
              for (int d = 0; d < values.length; d++) {
                values[d] = random.nextFloat();
              }
              return GivenSubject.image(id, -1, values);
            })
        .toList();
  }

  @Test
  void aPlantedCopyIsTheNearest() {
    Neighbours neighbours = new Neighbours(3, 4);
    List<SeenImage> training = new ArrayList<>(noise(40, 1));
    List<SeenImage> test = noise(6, 2);
    List<Row> before = GivenSubject.stored(neighbours, subject(test, training, null));
    float[] copy = Values.floats(before.get(1), "image");
    training.add(GivenSubject.image(77, -1, copy));
    training.add(GivenSubject.image(78, -1, copy));

    List<Row> rows = GivenSubject.stored(neighbours, subject(test, training, null));

    assertThat(rows).hasSize(7);
    assertThat(rows.get(1).<Long>getAs("training_id")).isEqualTo(77);
    assertThat(rows.get(1).<Double>getAs("distance")).isZero();
    assertThat(Values.floats(rows.get(1), "neighbour")).isEqualTo(copy);
    assertThat(rows.subList(3, 7))
        .extracting(row -> row.getAs("id"))
        .containsExactly(0L, 1L, 2L, 3L);
    for (int i = 0; i < 4; i++) {
      float[] values = test.get(i).values();
      double least =
          training.stream().mapToDouble(of -> apart(of.values(), values)).min().orElse(0);
      assertThat(rows.get(3 + i).<Double>getAs("distance")).isCloseTo(least, within(1e-6));
    }
    assertThat((double) neighbours.figures(rows).get("least_distance_of_samples")).isZero();
  }

  private static double apart(float[] one, float[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += Math.pow(one[d] - other[d], 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void samplesThatAreAllNearerThanTestImagesAreSaidToBe() {
    StructType columns = new Neighbours(1, 1).columns();
    List<Row> rows = new ArrayList<>();
    for (double distance : new double[] {1, 3}) {
      rows.add(RowFactory.create(rows.size(), "sample", null, 0L, distance, null, null));
    }
    for (double distance : new double[] {2, 3, 4, 5}) {
      rows.add(RowFactory.create(rows.size(), "test image", 1L, 0L, distance, null, null));
    }
    List<Row> named =
        rows.stream()
            .map(
                row -> {
                  Object[] values = IntStream.range(0, row.size()).mapToObj(row::get).toArray();
                  return (Row)
                      new org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema(
                          values, columns);
                })
            .toList();

    // Of 8 pairs 4 + 2, and one tie.
    assertThat((double) new Neighbours(1, 1).figures(named).get("share_nearer")).isEqualTo(6.5 / 8);
    assertThat((double) new Neighbours(1, 1).figures(named).get("median_distance_of_test_images"))
        .isEqualTo(3.5);
  }

  @Test
  void theAreaIsTheProbabilityThatAnOutlierIsLessLikely() {
    double[] own = {-1, -2, -3, -3};
    double[] others = {-3, -4, -2.5};
    Outliers outliers = new Outliers("there");
    Archive archive = new GivenArchive(List.of(), own, others, Map.of());

    List<Row> rows = GivenSubject.stored(outliers, subject(archive));

    // Of 12 pairs -4 wins 4, -3 wins 2 and ties 2, -2.5 wins 2: 9.
    Map<String, Object> figures = outliers.figures(rows);
    assertThat((double) figures.get("area_by_log_likelihood")).isCloseTo(0.75, within(1e-12));
    assertThat((double) figures.get("area_by_elbo")).isCloseTo(0.25, within(1e-12));
    assertThat((double) figures.get("area_by_reconstruction")).isCloseTo(0.5, within(1e-12));
    assertThat(figures).containsEntry("outliers", 3L).containsEntry("unreliable_outliers", 1L);
    assertThat(outliers.lines(rows))
        .anyMatch(line -> line.contains("by the bound") && line.contains("the larger scores"))
        .anyMatch(line -> line.contains("Of 2 images the error of log p(x) is not known"));
    Row first = rows.get(0);
    assertThat(first.<Double>getAs("test_images_found")).isZero();
    assertThat(first.<Double>getAs("outliers_found")).isZero();
    assertThat(rows).anyMatch(row -> row.<Double>getAs("outliers_found") == 1.0);
  }

  @Test
  void scoresByAnotherModelAreRefused() {
    Outliers outliers = new Outliers("there");

    assertThat(outliers.dependsOn(new MarkedArchive(MarkedColumns.MODEL, "one", "one"))).hasSize(2);
    assertThat(outliers.dependsOn(new MarkedArchive(MarkedColumns.MODEL, "one", null))).hasSize(2);
    assertThatThrownBy(
            () -> outliers.dependsOn(new MarkedArchive(MarkedColumns.MODEL, "one", "two")))
        .hasMessageStartingWith(
            "analyse.outliers.against is there, scores by another model than this run's: name");
  }

  @Test
  void scoresByOtherEstimatesAreSaidToBe() {
    String encoder = "1 sample of the encoder's posterior";
    String refined = "500 samples of a refined posterior";

    assertThat(estimated(refined, encoder))
        .contains(
            "  These areas are not of the images alone: scores of the other images are by 1 sample"
                + " of the encoder's posterior, the run's by 500 samples of a refined posterior;"
                + " score both alike");
    assertThat(estimated(refined, refined)).noneMatch(line -> line.contains("alike"));
    assertThat(estimated(refined, null)).noneMatch(line -> line.contains("alike"));
  }

  private static List<String> estimated(String own, String other) {
    Outliers outliers = new Outliers("there");
    Archive archive = new MarkedArchive(MarkedColumns.ESTIMATE, own, other);
    List<Row> rows = GivenSubject.stored(outliers, subject(archive));
    assertThat(outliers.figures(rows))
        .containsEntry("estimate_of_test_images", own)
        .containsEntry("estimate_of_outliers", other);
    return outliers.lines(rows);
  }

  @Test
  void scoresThatAreNotThereAreNamed() {
    Archive none = new GivenArchive(List.of(), new double[0], new double[0], Map.of());
    Archive own = new GivenArchive(List.of(), new double[] {1}, new double[0], Map.of());

    assertThatThrownBy(() -> new Outliers("there").dependsOn(none))
        .hasMessageContaining("the run has no evaluation of its test images");
    assertThatThrownBy(() -> new Outliers("nowhere").dependsOn(own))
        .hasMessageContaining("analyse.outliers.against is nowhere, where no whole");
    assertThat(new Outliers("nowhere").lacks(none)).isPresent();
    assertThat(new Outliers("there").lacks(none)).isEmpty();
    assertThat(new Outliers("own").lacks(none)).isEmpty();
  }

  @Test
  void epochsThatAreGoneAreSaid() {
    Epochs epochs = new Epochs(List.of(1, 10, 100), 4);
    Archive archive = new GivenArchive(List.of(10, 19, 20), new double[0], new double[0], Map.of());

    List<Row> rows = GivenSubject.stored(epochs, subject(archive));

    assertThat(rows)
        .extracting(row -> row.getAs("epoch"))
        .containsExactly(10, 10, 10, 10, 20, 20, 20, 20);
    assertThat(epochs.figures(rows)).containsEntry("epochs_gone", List.of(1));
    assertThat(epochs.lines(rows)).hasSize(2).last().asString().contains("[1] are gone");
    // The encoder alone differs: the same codes, decoded alike.
    assertThat(Values.floats(rows.get(1), "image")).isEqualTo(Values.floats(rows.get(5), "image"));
    assertThat(epochs.dependsOn(archive)).containsExactly("epochs [10, 20]");
  }
}
