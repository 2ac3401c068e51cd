package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Images that the model makes up.
 *
 * @param shape of every image
 * @param from what codes z are drawn from, as "the prior"
 * @param samples [n][values] in [0, 1], the mean of p(x|z) for each z, not a copy; 60 make a good
 *     picture
 */
public record Samples(ImageShape shape, String from, float[][] samples) implements Picture {
  private static final String NAME = "samples";

  public Samples {
    Images.check(shape, samples, NAME);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    return sheet().draw();
  }

  private ImageSheet sheet() {
    return new ImageSheet(fileName(), "Samples from " + from, shape, samples);
  }

  ImageGrid grid() {
    return sheet().grid();
  }
}
