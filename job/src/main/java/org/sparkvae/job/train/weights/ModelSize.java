package org.sparkvae.job.train.weights;

import java.util.Locale;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.vae.ImageModel;

/**
 * How large a model is.
 *
 * @param parameters how many
 * @param pixels values of an image
 */
public record ModelSize(long parameters, int pixels) {
  /** What an array of 2 GiB holds: the parameters are one array. */
  private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

  /** Parameters, gradient and two moments, float32. */
  private static final int BYTES_EACH = 4 * Float.BYTES;

  private static final double MIB = 1 << 20;

  /** The size of a model. */
  public static ModelSize of(ImageModel spec) {
    return new ModelSize(spec.parameters(), spec.x().values());
  }

  /**
   * Refuses a model that cannot be trained here, before anything is allocated.
   *
   * @param outside bytes that arrays may take outside the Java heap; 0 for any number
   * @throws SettingsException where the model is too large for one array, or its parameters,
   *     gradient and moments for that memory
   */
  public void checkFit(long outside) {
    String model = "the model has %,d parameters for images of %,d values";
    String smaller = "make model.encoder.hidden, model.decoder.hidden or the images smaller";
    if (parameters > MOST) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, model + ", more than %,d: " + smaller, parameters, pixels, MOST));
    }
    double bytes = (double) parameters * BYTES_EACH;
    if (outside > 0 && bytes > outside) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              model
                  + ", which take %,.0f MiB with their gradient and moments, and arrays outside the"
                  + " driver's heap may take %,.0f: "
                  + smaller
                  + ", or give the driver more memory (SPARK_VAE_DRIVER_MEMORY of submit/local, else"
                  + " --driver-memory)",
              parameters,
              pixels,
              bytes / MIB,
              outside / MIB));
    }
  }
}
