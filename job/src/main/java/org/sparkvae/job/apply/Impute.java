package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.imputation.Imputation;
import org.sparkvae.imputation.Imputed;
import org.sparkvae.imputation.Imputer;
import org.sparkvae.imputation.PseudoGibbs;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.Model;

/**
 * What missing pixels are likely to be: {@code imputed} is the mean given the observed ones, {@code
 * draws} are images drawn given those, {@code squared_error} is that of the mean over the missing
 * values, where the truth is known.
 *
 * @param directory where the results go
 * @param missing which pixels are
 * @param method how they are found
 * @param files of how many images a PNG file is written
 */
public record Impute(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory,
    @Setting(says = "Which pixels are missing.", otherwise = "at-random") MissingPixels missing,
    @Setting(says = "How missing pixels are found.", otherwise = "pseudo-gibbs") Imputation method,
    @Setting(says = Application.FILES_SAYS, otherwise = "100", least = 0) int files)
    implements OfImages {
  private static final int TOGETHER = 10;
  private static final float UNKNOWN = 0.5f;
  private static final String ERROR = "squared_error";
  private static final String RELIABLE = "reliable";
  private static final String MISSING = "missing_pixels";
  private static final String DRAWS = "draws";
  private static final List<String> IMAGES = List.of("image", "observed", "imputed");

  @Override
  public Optional<Contradiction> contradiction(Model model) {
    return method
        .contradiction(model)
        .map(of -> new Contradiction("method." + of.setting(), of.says()));
  }

  @Override
  public Optional<Contradiction> contradiction(Shape shape) {
    return missing.misfit(shape).map(why -> new Contradiction("missing", "is " + why));
  }

  @Override
  public Optional<String> maskColumn() {
    return missing.column();
  }

  @Override
  public StructType columns(ImageModel model) {
    StructType columns = ImageColumns.TYPE;
    for (String image : IMAGES) {
      columns = columns.add(image, ImageCell.TYPE, false);
    }
    return columns
        .add(DRAWS, createArrayType(ImageCell.TYPE, false), false)
        .add(MISSING, IntegerType, false)
        .add(ERROR, DoubleType, true)
        .add("observed_log_likelihood", DoubleType, true)
        .add("effective_samples", DoubleType, true)
        .add("pareto_k", DoubleType, true)
        .add(RELIABLE, BooleanType, true)
        .add("acceptance", DoubleType, true);
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public double samplesWorth() {
    return method.samplesWorth();
  }

  @Override
  public Work on(ModelHere model) {
    Imputer imputer = method.on(model.spec(), model.parameters());
    Shape shape = model.spec().x();
    return images -> {
      List<Row> rows = new ArrayList<>();
      for (SeenImage image : images) {
        boolean[] pixels = missing(image, shape, model.seed());
        boolean[] values = values(pixels, shape.channels());
        Imputed imputed = imputer.of(image.values(), values, model.seed(), image.id());
        rows.add(row(image, shape, pixels, values, imputed));
      }
      return rows;
    };
  }

  private boolean[] missing(SeenImage image, Shape shape, long seed) {
    long key = Noise.key(seed, Noise.Purpose.IMPUTATION, 0, image.id());
    try {
      return missing.of(shape, image.mask(), key);
    } catch (IllegalArgumentException e) {
      throw new DataException("image " + image.id() + ": " + e.getMessage());
    }
  }

  private static boolean[] values(boolean[] pixels, int channels) {
    boolean[] values = new boolean[pixels.length * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i / channels];
    }
    return values;
  }

  private Row row(
      SeenImage image, Shape shape, boolean[] pixels, boolean[] values, Imputed imputed) {
    float[] observed = image.values().clone();
    int missingPixels = 0;
    for (int i = 0; i < values.length; i++) {
      observed[i] = values[i] ? UNKNOWN : observed[i];
    }
    for (boolean pixel : pixels) {
      missingPixels += pixel ? 1 : 0;
    }
    Optional<Imputed.Weighted> weighted = imputed.weighted();
    List<Object> row = ImageColumns.of(image);
    row.add(ImageCell.of(shape, image.values()));
    row.add(ImageCell.of(shape, observed));
    row.add(ImageCell.of(shape, imputed.mean()));
    row.add(Arrays.stream(imputed.draws()).map(of -> ImageCell.of(shape, of)).toArray(Row[]::new));
    row.add(missingPixels);
    row.add(missing.column().isPresent() ? null : error(image.values(), imputed.mean(), values));
    row.add(weighted.map(Imputed.Weighted::logLikelihood).orElse(null));
    row.add(weighted.map(Imputed.Weighted::effectiveSamples).orElse(null));
    row.add(weighted.map(Imputed.Weighted::paretoK).filter(k -> !k.isNaN()).orElse(null));
    row.add(weighted.map(Imputed.Weighted::reliable).orElse(null));
    row.add(imputed.acceptance().orElse(null));
    return RowFactory.create(row.toArray());
  }

  /** Over the missing values; null where there are none. */
  private static Double error(float[] truth, float[] imputed, boolean[] values) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i]) {
        double difference = (double) truth[i] - imputed[i];
        sum += difference * difference;
        count++;
      }
    }
    return count == 0 ? null : sum / count;
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", table.count());
    figures.put("mean_" + MISSING, table.agg(avg(col(MISSING))).head().getDouble(0));
    SquaredError.means(List.of(ERROR), table, figures);
    boolean weighted = table.where(col(RELIABLE).isNotNull()).count() > 0;
    figures.put("reliable_images", weighted ? table.where(col(RELIABLE)).count() : null);
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    long images = ((Number) figures.get("images")).longValue();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Imputed %s, of which %.0f pixels are missing on average"
                .formatted(Readable.count(images, "image"), (Double) figures.get("mean_" + MISSING))
            // Unknown where the data's own pixels are missing.
            + (figures.get("mean_" + ERROR) == null
                ? ""
                : ": squared error %s a missing value, the mean of the images' own"
                    .formatted(SquaredError.readable(figures, ERROR))));
    if (figures.get("reliable_images") instanceof Number reliable
        && reliable.longValue() < images) {
      lines.add(
          "  Of %s the weights have too heavy a tail to be trusted (the column reliable tells"
              .formatted(Readable.count(images - reliable.longValue(), "image")));
      lines.add(
          "  which): raise impute.method.samples, or set impute.method = metropolis-within-gibbs");
    }
    if (method instanceof PseudoGibbs) {
      lines.add(
          "  Pseudo-Gibbs sampling is right as far as the encoder's posterior is: impute.method =");
      lines.add("  metropolis-within-gibbs needs no such trust, where the model has one layer");
    }
    return lines;
  }

  @Override
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    String first = "first_draw";
    boolean draws = method.draws() > 0;
    Dataset<Row> shown = draws ? table.withColumn(first, col(DRAWS).getItem(0)) : table;
    List<String> columns = new ArrayList<>(IMAGES);
    List<String> names = new ArrayList<>(List.of("image", "observed", "mean"));
    if (draws) {
      columns.add(first);
      names.add("a draw");
    }
    Strips.draw("Images of which pixels are missing", names, columns, files, shown, sheet);
  }
}
