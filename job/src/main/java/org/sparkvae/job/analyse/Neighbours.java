package org.sparkvae.job.analyse;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.job.apply.SeenImage;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;
import scala.Tuple2;

/**
 * Whether the model has learnt images by heart: the nearest training image of each sample, in
 * pixels, exactly, and as a yardstick those of test images. Samples are means of p(x|z), those of
 * {@code pictures/samples.png}; images are as a person sees them. A row is a sample, with its image
 * and its neighbour's, or a test image.
 *
 * <p>{@code share_nearer} is the probability that a sample is nearer to its neighbour than a test
 * image is to its own; above a half, a model may have memorised, or its samples be smoother than
 * images are.
 *
 * @param samples of the model
 * @param testImages the yardstick
 */
public record Neighbours(
    @Setting(
            says = "Samples of the model whose nearest training images are found.",
            otherwise = "20",
            least = 1)
        int samples,
    @Setting(
            says =
                "The first so many test images, by id, whose nearest training images are the"
                    + " yardstick.",
            otherwise = "200",
            least = 1)
        int testImages)
    implements Analysis {
  private static final int TOGETHER = 100;

  /** Pairs in the picture. */
  private static final int DRAWN = 40;

  private static final String OF = "of";
  private static final String SAMPLE = "sample";
  private static final String TEST = "test image";
  private static final String DISTANCE = "distance";
  private static final String IMAGE = "image";
  private static final String NEIGHBOUR = "neighbour";

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return Optional.empty();
  }

  @Override
  public boolean needsTrainingImages() {
    return true;
  }

  @Override
  public StructType columns() {
    return new StructType()
        .add("number", LongType, false)
        .add(OF, StringType, false)
        .add("id", LongType, true)
        .add("training_id", LongType, false)
        .add(DISTANCE, DoubleType, false)
        .add(IMAGE, createArrayType(FloatType, false), true)
        .add(NEIGHBOUR, createArrayType(FloatType, false), true);
  }

  @Override
  public List<Row> rows(Subject subject) {
    int count = samples;
    long key = Noise.key(subject.seed(), Noise.Purpose.PRIOR, 0, 0);
    float[][] made =
        subject.inTask(
            model ->
                new BlockCodec(model.spec(), model.parameters(), Math.min(count, TOGETHER))
                    .sample(key, count));
    List<Tuple2<Long, float[]>> test = Nearest.first(testImages, subject.testImages());
    List<float[]> queries = new ArrayList<>(Arrays.asList(made));
    test.forEach(image -> queries.add(image._2()));
    JavaRDD<SeenImage> training = subject.trainingImages();
    Nearest nearest = Nearest.of(queries.toArray(float[][]::new), training);
    Map<Long, float[]> neighbours =
        Nearest.images(Arrays.copyOf(nearest.ids(), made.length), training);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      boolean isSample = i < made.length;
      long neighbour = nearest.ids()[i];
      rows.add(
          RowFactory.create(
              (long) i,
              isSample ? SAMPLE : TEST,
              isSample ? null : test.get(i - made.length)._1(),
              neighbour,
              nearest.distances()[i],
              isSample ? made[i] : null,
              isSample ? neighbours.get(neighbour) : null));
    }
    return rows;
  }

  private static List<Row> of(String what, List<Row> rows) {
    return rows.stream().filter(row -> what.equals(row.getAs(OF))).toList();
  }

  private static double[] distances(String what, List<Row> rows) {
    return of(what, rows).stream()
        .mapToDouble(row -> row.<Double>getAs(DISTANCE))
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Of all pairs of a sample and a test image; ties count half. */
  private static double shareNearer(List<Row> rows) {
    double[] tests = distances(TEST, rows);
    double sum = 0;
    for (double sample : distances(SAMPLE, rows)) {
      for (double test : tests) {
        sum += sample < test ? 1 : sample == test ? 0.5 : 0;
      }
    }
    return sum / ((rows.size() - tests.length) * (double) tests.length);
  }

  @Override
  public Map<String, Object> figures(List<Row> rows) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("samples", of(SAMPLE, rows).size());
    figures.put("test_images", of(TEST, rows).size());
    figures.put("median_distance_of_samples", median(distances(SAMPLE, rows)));
    figures.put("median_distance_of_test_images", median(distances(TEST, rows)));
    figures.put("least_distance_of_samples", distances(SAMPLE, rows)[0]);
    figures.put("share_nearer", shareNearer(rows));
    return figures;
  }

  @Override
  public List<String> lines(List<Row> rows) {
    return List.of(
        String.format(
            Locale.ROOT,
            "Neighbours: the nearest training image is %.2f away from a sample, %.2f from a test image (medians of %s and %s)",
            median(distances(SAMPLE, rows)),
            median(distances(TEST, rows)),
            Readable.count(of(SAMPLE, rows).size()),
            Readable.count(of(TEST, rows).size())),
        String.format(
            Locale.ROOT,
            "  a sample is nearer than a test image in %.0f %% of pairs; samples, as means, are smoother than images",
            100 * shareNearer(rows)));
  }

  @Override
  public void draw(List<Row> rows, Sheet sheet) {
    sheet.strips(
        "",
        "Samples of the model, each with the nearest training image",
        List.of("sample", "nearest"),
        of(SAMPLE, rows).stream()
            .limit(DRAWN)
            .map(row -> List.of(Values.floats(row, IMAGE), Values.floats(row, NEIGHBOUR)))
            .toList());
  }
}
