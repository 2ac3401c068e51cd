package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.ImagePairs;
import org.sparkvae.job.report.drawing.Images;

/**
 * Images that a model of bits makes up: the mean of p(x|z) for each code z of the prior, and below
 * it the image that is most probable given z, whose pixels are 1 where the mean is at least 1/2.
 *
 * @param shape of every image
 * @param means [n][values] in [0, 1], not a copy; twice ten make a good picture
 */
public record MostProbable(ImageShape shape, float[][] means) implements Picture {
  private static final String NAME = "most-probable";

  /** Refuses no images. */
  public MostProbable {
    Images.check(shape, means, NAME);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    return pairs().draw(means, mostProbable());
  }

  private ImagePairs pairs() {
    return new ImagePairs(shape, "Samples: p(x|z) and its most probable image", "mean", "image");
  }

  private float[][] mostProbable() {
    float[][] images = new float[means.length][shape.values()];
    for (int i = 0; i < images.length; i++) {
      for (int d = 0; d < images[i].length; d++) {
        images[i][d] = means[i][d] >= 0.5f ? 1 : 0;
      }
    }
    return images;
  }

  /** The grid of the means. */
  ImageGrid grid() {
    return pairs().grid(means.length);
  }
}
