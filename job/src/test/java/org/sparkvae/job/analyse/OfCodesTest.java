package org.sparkvae.job.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.fixtures.LinearGaussian;
import org.sparkvae.job.fixtures.LocalSpark;

/** Analyses of codes whose outcome is known. */
@ExtendWith(LocalSpark.class)
class OfCodesTest {
  private static final double HALF = Math.sqrt(0.5);

  /** Independent of one another, of mean 0 and variance 1. */
  private static float[][] normal(int n, int dimensions, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[n][dimensions];
    for (float[] row : values) {
      for (int d = 0; d < dimensions; d++) {
        row[d] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static int[] labels(int n, int of) {
    return IntStream.range(0, n).map(i -> of == 0 ? -1 : i % of).toArray();
  }

  @Test
  void eigenvaluesAreThoseOfTheCovariance() {
    int n = 4_000;
    float[][] draws = normal(n, 3, 1);
    float[][] means = normal(n, 3, 2);
    for (float[] row : means) {
      double first = 2 * row[0];
      double second = row[1];
      row[0] = (float) (HALF * (first + second) + 5);
      row[1] = (float) (HALF * (first - second));
      row[2] *= 0.01f;
    }

    List<Row> rows =
        GivenSubject.stored(new Pca(), GivenSubject.ofCodes(means, draws, labels(n, 0)));

    assertThat(column(rows, "mean_eigenvalue")[0]).isCloseTo(4, within(0.25));
    assertThat(column(rows, "mean_eigenvalue")[1]).isCloseTo(1, within(0.06));
    assertThat(column(rows, "mean_eigenvalue")[2]).isCloseTo(1e-4, within(1e-5));
    assertThat(column(rows, "draw_eigenvalue"))
        .containsExactly(new double[] {1, 1, 1}, within(0.1));
    assertThat(Arrays.stream(column(rows, "mean_share")).sum()).isCloseTo(1, within(1e-12));
    double[] first = Values.doubles(rows.get(0), "mean_component");
    assertThat(first).containsExactly(new double[] {HALF, HALF, 0}, within(0.02));
    assertThat(rows)
        .extracting(row -> row.getAs("unit_is_active"))
        .containsExactly(true, true, false);
    double[] correlations = Values.doubles(rows.get(0), "unit_mean_correlations");
    assertThat(correlations).containsExactly(new double[] {1, 0.6, 0}, within(0.04));
    assertThat(new Pca().figures(rows)).containsEntry("active_units", 2L);
    assertThat(new Pca().lines(rows).get(0)).contains("2 of 3 latent units active; 2 components");
    assertThat(new Pca().lines(rows).get(1)).contains("; where the prior is standard normal and");
  }

  private static double[] column(List<Row> rows, String name) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs(name)).toArray();
  }

  @Test
  void codesThatDoNotVaryHaveNoEigenvalues() {
    float[][] same = new float[10][2];

    List<Row> rows =
        GivenSubject.stored(new Pca(), GivenSubject.ofCodes(same, same, labels(10, 0)));

    assertThat(column(rows, "mean_eigenvalue")).containsOnly(0);
    assertThat(column(rows, "draw_share")).containsOnly(0);
    assertThat(new Pca().figures(rows))
        .containsEntry("active_units", 0L)
        .containsEntry("components_of_90_percent", null);
    assertThat(new Pca().lines(rows).get(0))
        .isEqualTo("PCA: 0 of 2 latent units active; posterior means do not vary");
  }

  @Test
  void unitsAreActiveAsTheyAreInEvaluations() {
    // Of variances 0.0081 and 0.0144 divided by n, 0.0162 and 0.0288 divided by n - 1.
    float[][] two = {{0.09f, 0.12f}, {-0.09f, -0.12f}};

    List<Row> rows = GivenSubject.stored(new Pca(), GivenSubject.ofCodes(two, two, labels(2, 0)));

    assertThat(column(rows, "unit_mean_variance")[0]).isCloseTo(0.0162, within(1e-6));
    assertThat(rows).extracting(row -> row.getAs("unit_is_active")).containsExactly(false, true);
  }

  @Test
  void clustersThatAreApartAreFound() {
    int n = 120;
    float[][] means = normal(n, 2, 3);
    int[] labels = labels(n, 3);
    for (int i = 0; i < n; i++) {
      means[i][0] += 40 * (labels[i] % 2);
      means[i][1] += 40 * (labels[i] / 2);
    }
    Clusters clusters = new Clusters(3, 6);
    GivenSubject subject = GivenSubject.ofCodes(means, means, labels);

    List<Row> rows = GivenSubject.stored(clusters, subject);

    assertThat(rows).hasSize(6).allMatch(row -> row.<Long>getAs("images") == n / 3);
    assertThat(rows.subList(0, 3)).extracting(row -> row.getAs("label")).containsOnlyOnce(0, 1, 2);
    assertThat(clusters.figures(rows).get("k_means").toString())
        .contains("purity=1.0", "adjusted_rand_index=1.0");
    assertThat(clusters.figures(rows).get("gaussian_mixture").toString())
        .contains("adjusted_rand_index=1.0");
    assertThat(rows.get(0).<Double>getAs("silhouette")).isGreaterThan(0.99);
    float[] decoded = Values.floats(rows.get(0), "decoded");
    assertThat(decoded).hasSize(LinearGaussian.PIXELS);
  }

  @Test
  void clustersOfImagesWithoutLabelsHaveNoPurity() {
    float[][] means = normal(20, 2, 4);
    Clusters clusters = new Clusters(2, 5);

    List<Row> rows =
        GivenSubject.stored(clusters, GivenSubject.ofCodes(means, means, labels(20, 0)));

    assertThat(clusters.figures(rows).get("k_means").toString()).contains("purity=null");
    assertThat(clusters.lines(rows).get(1)).doesNotContain("purity").contains("silhouette");
    GivenSubject few = GivenSubject.ofCodes(means, means, labels(20, 0));
    assertThatThrownBy(() -> new Clusters(21, 5).rows(few))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 20 images, and 21 are needed");
  }

  @Test
  void clustersOfImagesOfOneLabelHaveNoPurity() {
    float[][] means = normal(20, 2, 4);
    Clusters clusters = new Clusters(2, 5);

    List<Row> rows =
        GivenSubject.stored(clusters, GivenSubject.ofCodes(means, means, labels(20, 1)));

    assertThat(clusters.figures(rows).get("k_means").toString())
        .contains("purity=null", "adjusted_rand_index=null");
    assertThat(clusters.lines(rows).get(1)).doesNotContain("purity").contains("silhouette");
  }

  @Test
  void theSilhouetteOfTightClustersIsAtMostOne() {
    // Where Spark comes to 1.00000008.
    float[][] means = new float[90][];
    for (int i = 0; i < means.length; i++) {
      means[i] = new float[] {3e4f + i % 3, 1e4f};
    }
    Clusters clusters = new Clusters(3, 5);

    List<Row> rows =
        GivenSubject.stored(clusters, GivenSubject.ofCodes(means, means, labels(90, 0)));

    assertThat(rows.get(0).<Double>getAs("silhouette")).isEqualTo(1);
  }

  @Test
  void anEmptyClusterIsNotDrawn() {
    Clusters clusters = new Clusters(2, 5);
    List<Row> rows =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    cluster(0, "k-means", 20),
                    cluster(1, "k-means", 0),
                    cluster(2, "gaussian-mixture", 20)),
                clusters.columns())
            .collectAsList();
    DrawnSheet sheet = new DrawnSheet();

    clusters.draw(rows, sheet);

    assertThat(sheet.strips().get(0).rows()).extracting(List::size).containsExactly(1, 1);
  }

  private static Row cluster(long number, String method, long images) {
    int[] none = new int[0];
    return RowFactory.create(
        number, method, 0, images, null, null, null, none, none, none, new float[6], null);
  }

  @Test
  void aClassifierTellsWhatIsSeparableFromNoise() {
    int n = 200;
    int[] labels = labels(n, 2);
    float[][] means = normal(n, 2, 5);
    float[][] noise = normal(n, LinearGaussian.PIXELS, 6);
    for (int i = 0; i < n; i++) {
      means[i][1] += 30 * labels[i];
    }
    List<SeenImage> test =
        IntStream.range(0, n).mapToObj(i -> GivenSubject.image(i, labels[i], noise[i])).toList();
    Separability separability = new Separability(6, 0.01);

    List<Row> rows =
        GivenSubject.stored(
            separability,
            new GivenSubject(GivenSubject.linear(), means, means, labels, test, List.of(), null));

    double[] accuracy = column(rows, "accuracy");
    assertThat(accuracy[0]).isEqualTo(1);
    for (int other = 1; other < 4; other++) {
      assertThat(accuracy[other]).isCloseTo(0.5, within(0.2));
    }
    assertThat(rows).extracting(row -> row.getAs("dimensions")).containsExactly(2, 6, 2, 0);
    long held = rows.get(0).getAs("held_out_images");
    assertThat(held + rows.get(0).<Long>getAs("fitted_images")).isEqualTo(n);
    assertThat(held).isBetween(75L, 125L);
    GivenSubject unlabelled = GivenSubject.ofCodes(means, means, labels(n, 0));
    assertThatThrownBy(() -> separability.rows(unlabelled))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the images of data.test have no labels");
  }

  @Test
  void imagesOfOneLabelAreNotSeparable() {
    float[][] means = normal(20, 2, 8);
    Separability separability = new Separability(6, 0.01);

    assertThatThrownBy(() -> separability.rows(GivenSubject.ofCodes(means, means, labels(20, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all 20 images of data.test with a label have the label 0: take");
  }

  @Test
  void aClassifierThatIsTooLargeForTheDriverIsRefused() {
    assertThatThrownBy(() -> Separability.check(50_000, 784))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.test has 50,000 labels")
        .hasMessageContaining("a classifier of 784 values has 39,250,000 coefficients");
    assertThatCode(() -> Separability.check(1_000, 64 * 64 * 3)).doesNotThrowAnyException();
    assertThatCode(() -> Separability.check(2, 1 << 23)).doesNotThrowAnyException();
  }

  @Test
  void theMapShowsWhereNoCodeIs() {
    int n = 300;
    float[][] ring = new float[n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * i / n;
      ring[i] = new float[] {(float) Math.cos(angle), (float) (2 * Math.sin(angle))};
    }
    Map map = new Map(200, 5);

    List<Row> rows = GivenSubject.stored(map, GivenSubject.ofCodes(ring, ring, labels(n, 0)));

    assertThat(rows).hasSize(200 + 25);
    assertThat(rows.get(7).<Double>getAs("x")).isCloseTo(ring[7][0], within(1e-6));
    Row middle = rows.get(200 + 12);
    assertThat(middle.<Long>getAs("codes")).isZero();
    long inCells = rows.subList(200, 225).stream().mapToLong(row -> row.<Long>getAs("codes")).sum();
    assertThat(inCells).isEqualTo(200);
    // The upper left cell's middle: further left than the middle, and higher.
    assertThat(rows.get(200).<Double>getAs("x")).isLessThan(middle.getAs("x"));
    assertThat(rows.get(200).<Double>getAs("y")).isGreaterThan(middle.getAs("y"));
    assertThat(map.figures(rows)).containsEntry("plane", "units").containsEntry("images", 200);
    assertThat(Values.floats(middle, "decoded")).hasSize(LinearGaussian.PIXELS);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12})
  void neighboursInThePictureOfTheMapAreNeighboursInThePlane(int side) {
    float[][] means = normal(30, 2, 7);
    Map map = new Map(30, side);
    List<Row> rows = GivenSubject.stored(map, GivenSubject.ofCodes(means, means, labels(30, 0)));
    DrawnSheet sheet = new DrawnSheet();

    map.draw(rows, sheet);

    DrawnSheet.Plane plane = sheet.planes().get(0);
    assertThat(plane.names()).containsExactly("z1", "z2");
    assertThat(plane.decoded()).hasSize(side * side);
    for (int cell = 0; cell < side * side; cell++) {
      Row row = rows.get(30 + cell);
      assertThat(plane.axes()[0][cell % side])
          .isCloseTo(row.<Double>getAs("x").floatValue(), within(1e-5f));
      assertThat(plane.axes()[1][side - 1 - cell / side])
          .isCloseTo(row.<Double>getAs("y").floatValue(), within(1e-5f));
      assertThat(plane.decoded().get(cell)).isEqualTo(Values.floats(row, "decoded"));
    }
  }
}
