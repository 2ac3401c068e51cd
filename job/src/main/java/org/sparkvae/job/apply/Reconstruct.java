package org.sparkvae.job.apply;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.codec.BlockCodec;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.ImageModel;

/**
 * Every image, {@code image}, as the model sees it, and its {@code reconstruction}, the mean of
 * p(x|z) at the mean of q(z|x), with the {@code squared_error} between them, a mean over values.
 *
 * @param directory where the results go
 * @param files of how many images a PNG file of both is written
 */
public record Reconstruct(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory,
    @Setting(says = Application.FILES_SAYS, otherwise = "100", least = 0) int files)
    implements OfImages {
  private static final int TOGETHER = 100;
  private static final String ERROR = "squared_error";
  private static final List<String> IMAGES = List.of("image", "reconstruction");

  @Override
  public StructType columns(ImageModel model) {
    return ImageColumns.TYPE
        .add(IMAGES.get(0), ImageCell.TYPE, false)
        .add(IMAGES.get(1), ImageCell.TYPE, false)
        .add(ERROR, DoubleType, false);
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public double samplesWorth() {
    return 2;
  }

  @Override
  public Work on(ModelHere model) {
    BlockCodec codec = new BlockCodec(model.spec(), model.parameters(), TOGETHER);
    Shape shape = model.spec().x();
    return images -> {
      float[][] seen = images.stream().map(SeenImage::values).toArray(float[][]::new);
      float[][] means = codec.decode(codec.encode(seen));
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < seen.length; i++) {
        List<Object> row = ImageColumns.of(images.get(i));
        row.add(ImageCell.of(shape, seen[i]));
        row.add(ImageCell.of(shape, means[i]));
        row.add(SquaredError.of(seen[i], means[i]));
        rows.add(RowFactory.create(row.toArray()));
      }
      return rows;
    };
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", table.count());
    SquaredError.mean(ERROR, table, figures);
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    return List.of(
        "Reconstructed %s: squared error %s a value"
            .formatted(
                Readable.count(((Number) figures.get("images")).longValue(), "image"),
                SquaredError.readable(figures, ERROR)));
  }

  @Override
  public void draw(Dataset<Row> table, Sheet sheet) {
    Strips.draw("Images and their reconstructions", IMAGES, IMAGES, files, table, sheet);
  }
}
