package org.sparkvae.job.report.drawing;

import org.sparkvae.job.data.images.ImageShape;

/** What a picture asks of the images given to it. */
public final class Images {
  private Images() {}

  /**
   * Refuses what cannot be drawn.
   *
   * @throws IllegalArgumentException where there is no image, or one of another length than {@code
   *     shape}
   */
  public static void check(ImageShape shape, float[][] images, String picture) {
    if (images.length == 0) {
      throw new IllegalArgumentException(picture + ": there are no images to draw");
    }
    for (float[] image : images) {
      if (image.length != shape.values()) {
        throw new IllegalArgumentException(
            picture + ": an image has " + image.length + " values, not " + shape.values());
      }
    }
  }
}
