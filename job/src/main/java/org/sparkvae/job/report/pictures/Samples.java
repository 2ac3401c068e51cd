package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Images that the model makes up.
 *
 * @param shape of every image
 * @param samples [n][values] in [0, 1], the mean of p(x|z) for z from the prior, not a copy; 60
 *     make a good picture
 */
public record Samples(ImageShape shape, float[][] samples) implements Picture {
  private static final String NAME = "samples";
  private static final int TOP = 100;
  private static final int GAP = 6;
  private static final int FEWEST_IN_A_ROW = 10;

  public Samples {
    Images.check(shape, samples, NAME);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    ImageGrid grid = grid();
    Canvas canvas =
        new Canvas(grid.sheetWidth(), grid.bottom(grid.rows(samples.length)) + Style.MARGIN);
    canvas.text("Samples from the prior", Style.MARGIN, 60, Style.TITLE, Style.INK);
    for (int i = 0; i < samples.length; i++) {
      grid.draw(canvas, samples[i], i);
    }
    return canvas.done();
  }

  /** Rows of at least ten, and about as many rows as columns. */
  ImageGrid grid() {
    int wanted =
        Math.min(
            samples.length, Math.max(FEWEST_IN_A_ROW, (int) Math.ceil(Math.sqrt(samples.length))));
    return ImageGrid.fitting(shape, wanted, Style.WIDTH, GAP, Style.MARGIN, TOP, 0);
  }
}
