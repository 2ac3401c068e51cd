package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.ImagePairs;
import org.sparkvae.job.report.drawing.Images;

/**
 * Images, each with its reconstruction below it.
 *
 * @param shape of every image
 * @param which images they are, as "Test images"
 * @param images [n][values] in [0, 1], not a copy; twice ten make a good picture
 * @param reconstructions [n][values] in [0, 1], the mean of p(x|z) at the mean of q(z|x)
 */
public record Reconstructions(
    ImageShape shape, String which, float[][] images, float[][] reconstructions)
    implements Picture {
  private static final String NAME = "reconstructions";

  /** Refuses no images, and pairs that do not match. */
  public Reconstructions {
    Images.check(shape, images, NAME);
    Images.check(shape, reconstructions, NAME);
    if (images.length != reconstructions.length) {
      throw new IllegalArgumentException(
          images.length + " images, but " + reconstructions.length + " reconstructions");
    }
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    return pairs().draw(images, reconstructions);
  }

  private ImagePairs pairs() {
    return new ImagePairs(shape, which + " and their reconstructions", "image", "reconstruction");
  }

  /** The grid of the upper images; the lower ones stand in the space it keeps free. */
  ImageGrid grid() {
    return pairs().grid(images.length);
  }
}
