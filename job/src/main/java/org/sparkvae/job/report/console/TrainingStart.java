package org.sparkvae.job.report.console;

import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.summary.Readable;

/**
 * What is about to be trained, on what.
 *
 * @param shape of every image
 * @param trainingImages how many the model learns from
 * @param validationImages how many are held out; 0 for none
 * @param shards of the training images
 * @param place where the images are, in a few words
 * @param bytes of all images' values
 * @param model in a few words, such as its layers' widths
 * @param parameters how many the model has
 * @param objective in a few words, such as the bound, the batch and the averaging
 * @param warmUpEpochs how many have a KL weight below 1; 0 for none
 * @param backend what computes, in short parts with "; " between, a line each
 * @param directory the run directory
 */
public record TrainingStart(
    ImageShape shape,
    long trainingImages,
    long validationImages,
    int shards,
    String place,
    long bytes,
    String model,
    long parameters,
    String objective,
    int warmUpEpochs,
    String backend,
    String directory) {

  /** The images in one line. */
  String images() {
    String colours = shape.channels() == 1 ? "grey" : "RGB";
    return Readable.count(trainingImages)
        + " for training"
        + (validationImages > 0 ? ", " + Readable.count(validationImages) + " for validation" : "")
        + "; "
        + shape.width()
        + " x "
        + shape.height()
        + " pixels, "
        + colours
        + "; in "
        + Readable.count(shards, "shard");
  }

  /** Where the images are kept, and what they take there. */
  String kept() {
    return place + " (" + Readable.bytes(bytes) + ")";
  }
}
