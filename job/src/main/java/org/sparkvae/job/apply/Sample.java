package org.sparkvae.job.apply;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.Generation;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.likelihood.Support;
import org.sparkvae.network.Shape;
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * Images that the model makes up: a {@code code} z of the prior, the {@code mean} of p(x|z), its
 * {@code most_probable} image where x is bits, and a {@code draw} x of it.
 *
 * @param directory where the results go
 * @param images how many
 * @param stream of random numbers; stream 0 has the codes of {@code pictures/samples.png}
 * @param files how many are written as PNG files
 */
public record Sample(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory,
    @Setting(says = "How many images are made up.", otherwise = "100", least = 1) int images,
    @Setting(
            says = "Number of the stream of random numbers: another one makes up other images.",
            otherwise = "0",
            least = 0)
        int stream,
    @Setting(says = Application.FILES_SAYS, otherwise = "100", least = 0) int files)
    implements OfNumbers {
  private static final int TOGETHER = 100;
  private static final int DRAWN = 100;
  private static final String ID = "id";
  private static final String MEAN = "mean";
  private static final String MOST_PROBABLE = "most_probable";
  private static final String DRAW = "draw";

  @Override
  public long count() {
    return images;
  }

  @Override
  public StructType columns(ImageModel model) {
    return new StructType()
        .add(ID, LongType, false)
        .add("code", createArrayType(FloatType, false), false)
        .add(MEAN, ImageCell.TYPE, false)
        .add(MOST_PROBABLE, ImageCell.TYPE, true)
        .add(DRAW, ImageCell.TYPE, false);
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public double samplesWorth() {
    return 1;
  }

  @Override
  public Work on(ModelHere model) {
    Generation generation = new Generation(model.spec(), model.parameters(), TOGETHER);
    long key = Noise.key(model.seed(), Noise.Purpose.PRIOR, stream, 0);
    Shape shape = model.spec().x();
    boolean ofBits = model.spec().model().support() == Support.BITS;
    return (first, count) -> {
      Generation.Images made = generation.of(key, first, count);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        float[] mean = made.means()[i];
        rows.add(
            RowFactory.create(
                first + i,
                made.codes()[i],
                ImageCell.of(shape, mean),
                ofBits ? ImageCell.of(shape, Generation.mostProbable(mean)) : null,
                ImageCell.of(shape, made.draws()[i])));
      }
      return rows;
    };
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", count());
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    return List.of("Made up " + Readable.count(images, "image"));
  }

  @Override
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    int first = Math.max(files, DRAWN);
    // Of the sorted limit Spark makes one job, of the sort alone three.
    List<Row> rows = table.where(col(ID).lt(first)).orderBy(ID).limit(first).collectAsList();
    grid("", "Samples: the mean of p(x given z)", MEAN, rows, sheet);
    if (!rows.get(0).isNullAt(rows.get(0).fieldIndex(MOST_PROBABLE))) {
      grid("most-probable", "Samples: the most probable image", MOST_PROBABLE, rows, sheet);
    }
    grid("draws", "Samples: images drawn from p(x given z)", DRAW, rows, sheet);
    rows.stream()
        .limit(files)
        .forEach(
            row ->
                sheet.file(
                    String.format(Locale.ROOT, "%06d", row.<Long>getAs(ID)),
                    List.of(ImageCell.values(row.getAs(MEAN)))));
  }

  private static void grid(
      String suffix, String title, String column, List<Row> rows, Sheet sheet) {
    List<float[]> images =
        rows.stream().limit(DRAWN).map(row -> ImageCell.values(row.getAs(column))).toList();
    sheet.grid(suffix, title, images);
  }
}
