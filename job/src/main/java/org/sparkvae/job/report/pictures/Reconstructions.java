package org.sparkvae.job.report.pictures;

import java.awt.Font;
import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Test images, each with its reconstruction below it.
 *
 * @param shape of every image
 * @param images [n][values] in [0, 1], not a copy; twice ten make a good picture
 * @param reconstructions [n][values] in [0, 1], the mean of p(x|z) at the mean of q(z|x)
 */
public record Reconstructions(ImageShape shape, float[][] images, float[][] reconstructions)
    implements Picture {
  private static final String NAME = "reconstructions";
  private static final int IN_A_ROW = 10;
  private static final int TOP = 100;
  private static final int LABELS = 50;
  private static final int PAIR_GAP = 4;
  private static final int GAP = 10;
  private static final int ROW_GAP = 26;

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
    ImageGrid originals = grid();
    ImageGrid below = originals.withTop(TOP + originals.imageHeight() + PAIR_GAP);
    int rows = originals.rows(images.length);
    Canvas canvas =
        new Canvas(originals.sheetWidth(), originals.bottom(rows) - ROW_GAP + Style.MARGIN);
    canvas.text(
        "Test images and their reconstructions", originals.left(), 60, Style.TITLE, Style.INK);
    for (int i = 0; i < images.length; i++) {
      originals.draw(canvas, images[i], i);
      below.draw(canvas, reconstructions[i], i);
    }
    for (int row = 0; row < rows; row++) {
      label(canvas, "image", originals, row);
      label(canvas, "reconstruction", below, row);
    }
    return canvas.done();
  }

  private static void label(Canvas canvas, String text, ImageGrid grid, int row) {
    int middle = grid.y(row) + grid.imageHeight() / 2;
    // Low images get smaller words.
    float fits = (float) grid.imageHeight() / canvas.width(text, Style.SMALL);
    Font font = Style.SMALL.deriveFont(Style.SMALL.getSize2D() * Math.min(1, fits));
    canvas.upwards(text, grid.left() - 14, middle, font, Style.FAINT_INK);
  }

  /** The grid of the upper images; the lower ones stand in the space it keeps free. */
  ImageGrid grid() {
    int left = Style.MARGIN + LABELS;
    int wanted = Math.min(IN_A_ROW, images.length);
    ImageGrid loose = ImageGrid.fitting(shape, wanted, Style.WIDTH, GAP, left, TOP, 0);
    return new ImageGrid(
        shape,
        loose.columns(),
        loose.zoom(),
        GAP,
        left,
        TOP,
        PAIR_GAP + loose.imageHeight() + ROW_GAP);
  }
}
