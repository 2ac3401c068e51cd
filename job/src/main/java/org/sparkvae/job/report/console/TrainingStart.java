package org.sparkvae.job.report.console;

import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.summary.Readable;
import org.sparkvae.step.Measure;

/**
 * What is about to be trained, on what.
 *
 * @param images that it is trained on
 * @param model that is trained
 * @param objective in a few words, such as the bound, the batch and the averaging
 * @param measures of an epoch that its line tells
 * @param backend what computes, in short parts with "; " between, a line each
 * @param directory the run directory
 */
public record TrainingStart(
    ImagesInWords images,
    ModelInWords model,
    String objective,
    List<Measure> measures,
    String backend,
    String directory) {
  /**
   * The images that are trained on.
   *
   * @param shape of every one
   * @param training how many the model learns from
   * @param validation how many are held out; 0 for none
   * @param shards of the training images
   * @param place where they are, in a few words
   * @param bytes of all images' values
   */
  public record ImagesInWords(
      ImageShape shape, long training, long validation, int shards, String place, long bytes) {
    /** All but where they are, in one line. */
    String line() {
      String colours = shape.channels() == 1 ? "grey" : "RGB";
      return Readable.count(training)
          + " for training"
          + (validation > 0 ? ", " + Readable.count(validation) + " for validation" : "")
          + "; "
          + shape.width()
          + " x "
          + shape.height()
          + " pixels, "
          + colours
          + "; in "
          + Readable.count(shards, "shard");
    }

    /** Where they are kept, and what they take there. */
    String kept() {
      return place + " (" + Readable.bytes(bytes) + ")";
    }
  }

  /**
   * The model that is trained.
   *
   * @param title what it is, as "a variational autoencoder"
   * @param description a few words, such as its layers' widths
   * @param parameters how many it has
   */
  public record ModelInWords(String title, String description, long parameters) {
    /** Its layers and parameters, in one line. */
    String line() {
      return description + "; " + Readable.count(parameters, "parameter");
    }
  }
}
