package org.sparkvae.job.apply;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
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
  private static final String ERROR = "squared_error";
  private static final List<String> IMAGES = List.of("image", "reconstruction");
  private static final Compared COMPARED = new Compared(IMAGES, List.of(ERROR));

  @Override
  public StructType columns(ImageModel model) {
    return COMPARED.columns();
  }

  @Override
  public int together() {
    return Compared.TOGETHER;
  }

  @Override
  public double samplesWorth() {
    return Compared.SAMPLES_WORTH;
  }

  @Override
  public Work on(ModelHere model) {
    return COMPARED.on(model, image -> List.of(image.values()));
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    return COMPARED.figures(table);
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
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    Strips.draw("Images and their reconstructions", IMAGES, IMAGES, files, table, sheet);
  }
}
