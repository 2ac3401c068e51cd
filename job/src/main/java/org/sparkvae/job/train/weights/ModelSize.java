package org.sparkvae.job.train.weights;

import java.util.Locale;
import org.sparkvae.job.settings.SettingsException;
import org.sparkvae.vae.ImageModel;
import org.sparkvae.vae.ObjectiveSpec;

/**
 * How large a model is in training.
 *
 * @param parameters of the model
 * @param besides values that its estimator trains or keeps beside them, as a baseline network
 * @param pixels values of an image
 */
public record ModelSize(long parameters, long besides, int pixels) {
  /** What an array of 2 GiB holds: the values of training are one array. */
  private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

  /** A value, its gradient and two moments, float32. */
  private static final int BYTES_EACH = 4 * Float.BYTES;

  private static final double MIB = 1 << 20;

  /** The size of a model that is trained by an objective. */
  public static ModelSize of(ImageModel spec, ObjectiveSpec objective) {
    long parameters = spec.parameters();
    long besides = spec.layout(objective).length() - parameters;
    return new ModelSize(parameters, besides, spec.x().values());
  }

  /** Values of the vector of training, each of which has a gradient and moments. */
  public long values() {
    return parameters + besides;
  }

  /** What has how many parameters, as the beginning of a sentence. */
  public String inWords() {
    String estimators =
        besides > 0 ? String.format(Locale.ROOT, " and its estimator %,d", besides) : "";
    return String.format(Locale.ROOT, "the model has %,d parameters%s", parameters, estimators);
  }

  /**
   * Refuses a model that cannot be trained here, before anything is allocated.
   *
   * @param outside bytes that arrays may take outside the Java heap; 0 for any number
   * @throws SettingsException where the model is too large for one array, or its parameters,
   *     gradient and moments, and those of its estimator, for that memory
   */
  public void checkFit(long outside) {
    String model = String.format(Locale.ROOT, "%s for images of %,d values", inWords(), pixels);
    String smaller = "make model.encoder.hidden, model.decoder.hidden or the images smaller";
    if (values() > MOST) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s, more than %,d: %s", model, MOST, smaller));
    }
    double bytes = (double) values() * BYTES_EACH;
    if (outside > 0 && bytes > outside) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s, which take %,.0f MiB with their gradient and moments, and arrays outside the"
                  + " driver's heap may take %,.0f: %s, or give the driver more memory"
                  + " (SPARK_VAE_DRIVER_MEMORY of submit/local, else --driver-memory)",
              model,
              bytes / MIB,
              outside / MIB,
              smaller));
    }
  }
}
