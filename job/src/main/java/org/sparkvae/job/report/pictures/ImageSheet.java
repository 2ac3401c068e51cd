package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * Images in rows and columns under a title.
 *
 * @param fileName its name in the folder of pictures
 * @param shape of every image
 * @param images [n][values] in [0, 1], not a copy; 60 make a good picture
 */
public record ImageSheet(String fileName, String title, ImageShape shape, float[][] images)
    implements Picture {
  private static final int TOP = 100;
  private static final int GAP = 6;
  private static final int FEWEST_IN_A_ROW = 10;

  public ImageSheet {
    Images.check(shape, images, fileName);
  }

  @Override
  public BufferedImage draw() {
    ImageGrid grid = grid();
    Canvas canvas =
        new Canvas(grid.sheetWidth(), grid.bottom(grid.rows(images.length)) + Style.MARGIN);
    canvas.text(title, Style.MARGIN, 60, Style.TITLE, Style.INK);
    for (int i = 0; i < images.length; i++) {
      grid.draw(canvas, images[i], i);
    }
    return canvas.done();
  }

  /** Rows of at least ten, and about as many rows as columns. */
  ImageGrid grid() {
    int wanted =
        Math.min(
            images.length, Math.max(FEWEST_IN_A_ROW, (int) Math.ceil(Math.sqrt(images.length))));
    return ImageGrid.fitting(
        shape,
        wanted,
        inARow -> ImageGrid.rows(images.length, inARow),
        Style.WIDTH,
        GAP,
        Style.MARGIN,
        TOP,
        0);
  }
}
