package org.sparkvae.job.analyse;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkvae.job.apply.OfImages;
import org.sparkvae.job.data.faults.DataException;
import org.sparkvae.vae.Contradiction;
import org.sparkvae.vae.Model;

/** What analyses of codes have in common. */
final class OfCodes {
  /** Means of posteriors of the latent variable next to the image. */
  static final String MEAN = "posterior_mean";

  /** Draws of them, one an image. */
  static final String DRAW = "posterior_sample";

  /** Of the variance of a posterior mean over images (Burda et al., 2016, section 5). */
  static final double ACTIVE = 0.01;

  private static final int FEWEST = 2;

  private OfCodes() {}

  /** That a model has no codes of images. */
  static Optional<Contradiction> contradiction(Model model, String kind) {
    return OfImages.withoutEncoder(model, kind);
  }

  /** The same, or that such codes alone make no image. */
  static Optional<Contradiction> contradictionOfDecoding(Model model, String kind) {
    return contradiction(model, kind)
        .or(
            () ->
                model.codeLength() == model.latent()
                    ? Optional.empty()
                    : Optional.of(
                        new Contradiction(
                            "",
                            "holds %s, which decodes codes of %d dimensions, but an image of this model takes all of its latent variables; leave it out"
                                .formatted(kind, model.latent()))));
  }

  /**
   * The codes of at least some images.
   *
   * @throws DataException where there are fewer
   */
  static Dataset<Row> atLeast(int images, Subject subject, String kind) {
    Dataset<Row> codes = subject.codes();
    int fewest = Math.max(FEWEST, images);
    long found = codes.count();
    if (found < fewest) {
      throw new DataException(
          "analyse.%s: data.test has %d images, and %d are needed: take more, or leave %s out of analyse.kinds"
              .formatted(kind, found, fewest, kind));
    }
    return codes;
  }
}
