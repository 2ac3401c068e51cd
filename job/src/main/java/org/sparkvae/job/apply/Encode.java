package org.sparkvae.job.apply;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.Posteriors;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * The posterior of every image: of each layer the mean, the standard deviation and a draw, in
 * {@code posterior_mean}, {@code posterior_standard_deviation} and {@code posterior_sample}; of
 * upper layers in {@code posterior_mean_2} and so on.
 *
 * <p>A deviation is null where it has no closed form, or where the posterior depends on draws of
 * another layer; the mean of such a layer is given the other's mean, or its more probable bits.
 *
 * @param directory where the results go
 */
public record Encode(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory)
    implements OfImages {
  private static final String MEAN = "posterior_mean";
  private static final String VARIANCES = "posterior_mean_variances";
  private static final int TOGETHER = 100;
  private static final int MOST_POINTS = 10_000;

  /** Of the variance of a posterior mean over images (Burda et al., 2016, section 5). */
  private static final double ACTIVE = 0.01;

  @Override
  public StructType columns(ImageModel model) {
    StructType columns = ImageColumns.TYPE;
    for (int layer = 1; layer <= model.model().layers(); layer++) {
      String number = layer == 1 ? "" : "_" + layer;
      columns =
          columns
              .add(MEAN + number, createArrayType(FloatType, false), false)
              .add("posterior_standard_deviation" + number, createArrayType(FloatType, false), true)
              .add("posterior_sample" + number, createArrayType(FloatType, false), false);
    }
    return columns;
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  /** An encoder is about as large as a decoder. */
  @Override
  public double samplesWorth() {
    return 1;
  }

  @Override
  public Work on(ModelHere model) {
    Posteriors posteriors = new Posteriors(model.spec(), model.parameters(), TOGETHER);
    return images -> {
      long[] keys =
          images.stream()
              .mapToLong(of -> Noise.key(model.seed(), Noise.Purpose.CODES, 0, of.id()))
              .toArray();
      List<Posteriors.OfVariable> found =
          posteriors.of(images.stream().map(SeenImage::values).toList(), keys);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < keys.length; i++) {
        List<Object> row = ImageColumns.of(images.get(i));
        for (Posteriors.OfVariable variable : found) {
          int image = i;
          row.add(variable.means()[i]);
          row.add(variable.deviations().map(of -> of[image]).orElse(null));
          row.add(variable.draws()[i]);
        }
        rows.add(RowFactory.create(row.toArray()));
      }
      return rows;
    };
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    // Over images, of each unit next to the image; of one image, zeros.
    Row found = table.agg(count(lit(1)), Summarizer.variance(array_to_vector(col(MEAN)))).head();
    double[] variances = found.<Vector>getAs(1).toArray();
    // An evaluation divides by the number of images, Spark by one less.
    double share = 1 - 1.0 / Math.max(1, found.getLong(0));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", found.getLong(0));
    figures.put("latent_units", variances.length);
    figures.put("active_units", Arrays.stream(variances).filter(v -> share * v > ACTIVE).count());
    figures.put(VARIANCES, Arrays.stream(variances).boxed().toList());
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    long images = ((Number) figures.get("images")).longValue();
    String encoded = "Encoded " + Readable.count(images, "image");
    // Of one image no mean varies, and that says nothing of its units.
    return List.of(
        images == 1
            ? encoded
            : "%s: %s of %s latent units active"
                .formatted(encoded, figures.get("active_units"), figures.get("latent_units")));
  }

  /** The images in the plane of the two units whose means vary most. */
  @Override
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    List<?> variances = (List<?>) figures.get(VARIANCES);
    if (variances.size() < 2) {
      return;
    }
    int[] most =
        IntStream.range(0, variances.size())
            .boxed()
            .sorted(Comparator.comparing(unit -> -(Double) variances.get(unit)))
            .limit(2)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    List<Row> rows =
        FirstRows.of(table, "id", MOST_POINTS)
            .select(
                element_at(col(MEAN), most[0] + 1),
                element_at(col(MEAN), most[1] + 1),
                col("label"),
                col("label_name"))
            .collectAsList();
    float[][] points = new float[rows.size()][];
    int[] labels = new int[points.length];
    Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < points.length; i++) {
      Row row = rows.get(i);
      points[i] = new float[] {row.getFloat(0), row.getFloat(1)};
      labels[i] = row.isNullAt(2) ? -1 : row.getInt(2);
      if (!row.isNullAt(3)) {
        names.put(labels[i], row.getString(3));
      }
    }
    sheet.points(
        "Posterior means of "
            + Readable.count(points.length, "image")
            + ": the two units that vary most",
        List.of("unit " + (most[0] + 1), "unit " + (most[1] + 1)),
        points,
        labels,
        names);
  }
}
