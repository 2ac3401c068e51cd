package org.sparkvae.job.analyse;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.kinds.Setting;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/**
 * Clusters of posterior means, by k-means and by a Gaussian mixture of full covariances that starts
 * from them, against labels where there are several: purity and adjusted Rand index, of the images
 * that have one; and the silhouette (squared Euclidean). A row is a cluster, {@code decoded} what
 * its mean decodes to.
 *
 * @param clusters how many
 * @param steps at most
 */
public record Clusters(
    @Setting(says = "How many clusters.", otherwise = "10", least = 2) int clusters,
    @Setting(
            says = "Steps of k-means and of the mixture's EM, at most.",
            otherwise = "100",
            least = 1)
        int steps)
    implements Analysis {
  private static final int TOGETHER = 100;
  private static final String K_MEANS = "k-means";
  static final String MIXTURE = "gaussian-mixture";
  private static final List<String> METHODS = List.of(K_MEANS, MIXTURE);
  static final String VECTOR = "vector";
  static final String PREDICTION = "prediction";
  private static final String METHOD = "method";
  private static final String IMAGES = "images";
  private static final String SILHOUETTE = "silhouette";
  private static final String LABELS = "labels";
  private static final String COUNTS = "label_counts";
  private static final String DECODED = "decoded";

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return OfCodes.contradictionOfDecoding(model, name());
  }

  @Override
  public StructType columns() {
    return new StructType()
        .add("number", LongType, false)
        .add(METHOD, StringType, false)
        .add("cluster", IntegerType, false)
        .add(IMAGES, LongType, false)
        .add("weight", DoubleType, true)
        .add("label", IntegerType, true)
        .add("label_name", StringType, true)
        .add(LABELS, createArrayType(IntegerType, false), false)
        .add(COUNTS, createArrayType(LongType, false), false)
        .add("mean", createArrayType(DoubleType, false), false)
        .add(DECODED, createArrayType(FloatType, false), false)
        .add(SILHOUETTE, DoubleType, true);
  }

  /**
   * Clusters that were found.
   *
   * @param weights of the mixture's components; empty of k-means
   * @param assigned the images with their clusters
   */
  record Found(String method, double[][] means, double[] weights, Dataset<Row> assigned) {}

  @Override
  public List<Row> rows(Subject subject) {
    Dataset<Row> vectors =
        OfCodes.atLeast(clusters, subject, name())
            .select(col("label"), col("label_name"), array_to_vector(col(OfCodes.MEAN)).as(VECTOR));
    List<Row> rows = new ArrayList<>();
    Found kMeans = kMeans(vectors, subject);
    for (Found found : List.of(kMeans, new Mixture(steps).from(kMeans))) {
      rows.addAll(rows(found, subject, rows.size()));
    }
    return rows;
  }

  private Found kMeans(Dataset<Row> vectors, Subject subject) {
    KMeansModel model =
        new KMeans()
            .setFeaturesCol(VECTOR)
            .setK(clusters)
            .setMaxIter(steps)
            .setSeed(subject.seed())
            .fit(vectors);
    double[][] means =
        Arrays.stream(model.clusterCenters()).map(Vector::toArray).toArray(double[][]::new);
    return new Found(K_MEANS, means, new double[0], model.transform(vectors));
  }

  private static List<Row> rows(Found found, Subject subject, int first) {
    List<TreeMap<Integer, Long>> counts = new ArrayList<>();
    long[] images = new long[found.means().length];
    Map<Integer, String> names = new TreeMap<>();
    for (int cluster = 0; cluster < images.length; cluster++) {
      counts.add(new TreeMap<>());
    }
    for (Row row :
        found.assigned().groupBy(PREDICTION, "label", "label_name").count().collectAsList()) {
      int cluster = row.getInt(0);
      images[cluster] += row.getLong(3);
      if (!row.isNullAt(1)) {
        counts.get(cluster).merge(row.getInt(1), row.getLong(3), Long::sum);
        names.put(row.getInt(1), row.getString(2));
      }
    }
    boolean several = Arrays.stream(images).filter(n -> n > 0).count() > 1;
    Double silhouette = several ? silhouette(found.assigned()) : null;
    float[][] means = floats(found.means());
    float[][] decoded =
        subject.inTask(
            model -> new BlockCodec(model.spec(), model.parameters(), TOGETHER).decode(means));
    List<Row> rows = new ArrayList<>();
    for (int cluster = 0; cluster < images.length; cluster++) {
      TreeMap<Integer, Long> of = counts.get(cluster);
      Integer label =
          of.entrySet().stream()
              .max(Comparator.comparingLong(Map.Entry::getValue))
              .map(Map.Entry::getKey)
              .orElse(null);
      rows.add(
          RowFactory.create(
              (long) first + cluster,
              found.method(),
              cluster,
              images[cluster],
              found.weights().length == 0 ? null : found.weights()[cluster],
              label,
              label == null ? null : names.get(label),
              of.keySet().toArray(Integer[]::new),
              of.values().toArray(Long[]::new),
              found.means()[cluster],
              decoded[cluster],
              silhouette));
    }
    return rows;
  }

  private static double silhouette(Dataset<Row> assigned) {
    double found = new ClusteringEvaluator().setFeaturesCol(VECTOR).evaluate(assigned);
    // Spark takes large sums from each other, and may come out beyond the ends.
    return Math.max(-1, Math.min(1, found));
  }

  private static float[][] floats(double[][] all) {
    float[][] floats = new float[all.length][all[0].length];
    for (int i = 0; i < all.length; i++) {
      for (int d = 0; d < all[i].length; d++) {
        floats[i][d] = (float) all[i][d];
      }
    }
    return floats;
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (String method : METHODS) {
      List<Row> of = of(method, rows);
      Map<String, Object> own = new LinkedHashMap<>();
      own.put(SILHOUETTE, of.get(0).getAs(SILHOUETTE));
      Optional<Agreement> agreement = agreement(of);
      own.put("purity", agreement.map(Agreement::purity).orElse(null));
      own.put("adjusted_rand_index", agreement.map(Agreement::adjustedRand).orElse(null));
      figures.put(method.replace('-', '_'), own);
    }
    return figures;
  }

  private static List<Row> of(String method, List<Row> rows) {
    return rows.stream().filter(row -> method.equals(row.getAs(METHOD))).toList();
  }

  /** With labels; empty where images have fewer than two, which every clustering agrees with. */
  private static Optional<Agreement> agreement(List<Row> ofMethod) {
    List<Integer> labels =
        ofMethod.stream()
            .flatMap(row -> row.<Integer>getList(row.fieldIndex(LABELS)).stream())
            .distinct()
            .sorted()
            .toList();
    if (labels.size() < 2) {
      return Optional.empty();
    }
    long[][] counts = new long[ofMethod.size()][labels.size()];
    for (int cluster = 0; cluster < counts.length; cluster++) {
      Row row = ofMethod.get(cluster);
      List<Integer> own = row.getList(row.fieldIndex(LABELS));
      List<Long> images = row.getList(row.fieldIndex(COUNTS));
      for (int i = 0; i < own.size(); i++) {
        counts[cluster][labels.indexOf(own.get(i))] = images.get(i);
      }
    }
    return Optional.of(new Agreement(counts));
  }

  @Override
  public List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("Clusters of posterior means, " + clusters + " by each method");
    for (String method : METHODS) {
      List<Row> of = of(method, rows);
      Double silhouette = of.get(0).getAs(SILHOUETTE);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-18s %ssilhouette %s",
              method,
              agreement(of)
                  .map(
                      with ->
                          String.format(
                              Locale.ROOT,
                              "purity %.3f, adjusted Rand index %.3f, ",
                              with.purity(),
                              with.adjustedRand()))
                  .orElse(""),
              silhouette == null ? "-" : String.format(Locale.ROOT, "%.3f", silhouette)));
    }
    return lines;
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    List<List<float[]>> strips = new ArrayList<>();
    for (String method : METHODS) {
      strips.add(
          of(method, rows).stream()
              .filter(row -> !isLeftOut(row))
              .sorted(Comparator.comparingLong(row -> -row.<Long>getAs(IMAGES)))
              .map(row -> Values.floats(row, DECODED))
              .toList());
    }
    sheet.strips(
        "",
        "Means of clusters, decoded, the largest first: of k-means above, of a Gaussian mixture below",
        List.of(),
        strips);
  }

  /** Whether it is a cluster of k-means without images, which the mixture does not start from. */
  private static boolean isLeftOut(Row row) {
    return K_MEANS.equals(row.getAs(METHOD)) && row.<Long>getAs(IMAGES) == 0;
  }
}
