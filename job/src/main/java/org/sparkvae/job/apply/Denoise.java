package org.sparkvae.job.apply;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.kinds.Setting;
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
  private static final String BEFORE = "noisy_squared_error";
  private static final String AFTER = "squared_error";
  private static final List<String> IMAGES = List.of("image", "noisy", "denoised");
  private static final Compared COMPARED = new Compared(IMAGES, List.of(BEFORE, AFTER));

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
    return COMPARED.on(
        model, image -> List.of(image.values(), noise.of(key(model, image), image.values())));
  }

  private static long key(ModelHere model, SeenImage image) {
    return Noise.key(model.seed(), Noise.Purpose.CORRUPTION, 0, image.id());
  }

  @Override
  public Map<String, Object> figures(Dataset<Row> table) {
    return COMPARED.figures(table);
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
  public void draw(Dataset<Row> table, Map<String, Object> figures, Sheet sheet) {
    Strips.draw("Images, with noise, and denoised", IMAGES, IMAGES, files, table, sheet);
  }
}
