package org.sparkvae.job.evaluate.scoring;

import java.io.Serializable;
import java.util.List;

/** What one task found of one image. */
interface ImagePart extends Serializable {
  /** The image. */
  long id();

  /**
   * Joins an image's parts, in sample order whatever order they come in.
   *
   * @param parts all parts of the image, this among them
   * @param samples that they must cover
   * @throws IllegalStateException where they begin late or end early
   * @throws IllegalArgumentException where samples are missing between, or there twice
   */
  ImageScore joined(List<ImagePart> parts, int samples);
}
