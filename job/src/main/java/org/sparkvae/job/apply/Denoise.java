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
import org.sparkvae.noise.Noise;
import org.sparkvae.vae.ImageModel;

/**
 * Noise is added to every {@code image}, and the {@code noisy} one is reconstructed: {@code
 * denoised} is the mean of p(x|z) at the mean of q(z|noisy). {@code noisy_squared_error} and {@code
 * squared_error} are those of both against the image, means over values.
 *
 * @param directory where the results go
 * @param noise what is added
 * @param files of how many images a PNG file of all three is written
 */
public record Denoise(
    @Setting(says = Application.DIRECTORY_SAYS, otherwise = Application.IN_THE_RUN)
        String directory,
    @Setting(says = "What noise is added to an image.", otherwise = "salt-and-pepper")
        Corruption noise,
    @Setting(says = Application.FILES_SAYS, otherwise = "100", least = 0) int files)
    implements OfImages {
  private static final int TOGETHER = 100;
  private static final String BEFORE = "noisy_squared_error";
  private static final String AFTER = "squared_error";
  private static final List<String> IMAGES = List.of("image", "noisy", "denoised");

  @Override
  public StructType columns(ImageModel model) {
    StructType columns = ImageColumns.TYPE;
    for (String image : IMAGES) {
      columns = columns.add(image, ImageCell.TYPE, false);
    }
    return columns.add(BEFORE, DoubleType, false).add(AFTER, DoubleType, false);
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
      float[][] noisy =
          images.stream()
              .map(
                  of ->
                      noise.of(
                          Noise.key(model.seed(), Noise.Purpose.CORRUPTION, 0, of.id()),
                          of.values()))
              .toArray(float[][]::new);
      float[][] means = codec.decode(codec.encode(noisy));
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < noisy.length; i++) {
        float[] clean = images.get(i).values();
        List<Object> row = ImageColumns.of(images.get(i));
        row.add(ImageCell.of(shape, clean));
        row.add(ImageCell.of(shape, noisy[i]));
        row.add(ImageCell.of(shape, means[i]));
        row.add(SquaredError.of(clean, noisy[i]));
        row.add(SquaredError.of(clean, means[i]));
        rows.add(RowFactory.create(row.toArray()));
      }
      return rows;
    };
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", table.count());
    SquaredError.mean(BEFORE, table, figures);
    SquaredError.mean(AFTER, table, figures);
    return figures;
  }

  @Override
  public List<String> lines(Map<String, Object> figures) {
    return List.of(
        "Denoised %s: squared error %s a value with noise, %s without"
            .formatted(
                Readable.count(((Number) figures.get("images")).longValue(), "image"),
                SquaredError.readable(figures, BEFORE),
                SquaredError.readable(figures, AFTER)));
  }

  @Override
  public void draw(Dataset<Row> table, Sheet sheet) {
    Strips.draw("Images, with noise, and denoised", IMAGES, IMAGES, files, table, sheet);
  }
}
