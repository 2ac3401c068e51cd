package org.sparkvae.job.apply;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.sparkvae.network.Shape;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/** An {@link Application} to test images. */
public sealed interface OfImages extends Application
    permits Encode, Reconstruct, Impute, Denoise, Interpolate {
  /**
   * How many images it takes, the first ones by id.
   *
   * @param all at least one
   */
  default long images(long all) {
    return all;
  }

  /** How many rows come of so many images. */
  default long rows(long images) {
    return images;
  }

  /** The column of the images' table that it needs beside them, in {@link SeenImage#mask}. */
  default Optional<String> maskColumn() {
    return Optional.empty();
  }

  /**
   * What it asks of images of a shape in vain, if anything: the setting at fault, below its own.
   */
  default Optional<Contradiction> contradiction(Shape shape) {
    return Optional.empty();
  }

  /** An encoder, as all work on codes of images. */
  @Override
  default Optional<Contradiction> contradiction(Model model) {
    return withoutEncoder(model, name());
  }

  /**
   * That a model has no codes of images, and what of a list needs them.
   *
   * @param what its name in the list
   */
  static Optional<Contradiction> withoutEncoder(Model model, String what) {
    return model.hasEncoder()
        ? Optional.empty()
        : Optional.of(
            new Contradiction(
                "",
                "holds %s, but a model without an encoder has no codes of images; leave it out"
                    .formatted(what)));
  }

  /** Makes ready to work, in the process that computes. */
  Work on(ModelHere model);

  /** Works on images; used again and again by one task. */
  @FunctionalInterface
  interface Work {
    /**
     * The rows of some images.
     *
     * @param images consecutive by id, at least one, at most as many as are worked on together
     */
    List<Row> rows(List<SeenImage> images);
  }
}
