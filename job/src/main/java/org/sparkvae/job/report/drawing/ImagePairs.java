package org.sparkvae.job.report.drawing;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Images, each with another below it.
 *
 * @param shape of every image
 * @param title of the picture
 * @param upper what the upper images are, in a word
 * @param lower what the lower ones are
 */
public record ImagePairs(ImageShape shape, String title, String upper, String lower) {
  private static final int IN_A_ROW = 10;
  private static final int TOP = 100;
  private static final int LABELS = 50;
  private static final int PAIR_GAP = 4;
  private static final int GAP = 10;
  private static final int ROW_GAP = 26;

  /** Draws them, [n][values] in [0, 1] each. */
  public BufferedImage draw(float[][] images, float[][] others) {
    ImageGrid above = grid(images.length);
    ImageGrid below = above.withTop(TOP + above.imageHeight() + PAIR_GAP);
    int rows = above.rows(images.length);
    Canvas canvas = new Canvas(above.sheetWidth(), above.bottom(rows) - ROW_GAP + Style.MARGIN);
    canvas.text(title, above.left(), 60, Style.TITLE, Style.INK);
    for (int i = 0; i < images.length; i++) {
      above.draw(canvas, images[i], i);
      below.draw(canvas, others[i], i);
    }
    for (int row = 0; row < rows; row++) {
      label(canvas, upper, above, row);
      label(canvas, lower, below, row);
    }
    return canvas.done();
  }

  private static void label(Canvas canvas, String text, ImageGrid grid, int row) {
    int middle = grid.y(row) + grid.imageHeight() / 2;
    canvas.upwards(
        text, grid.left() - 14, middle, grid.imageHeight(), Style.SMALL, Style.FAINT_INK);
  }

  /** The grid of the upper images; the lower ones stand in the space it keeps free. */
  public ImageGrid grid(int images) {
    int left = Style.MARGIN + LABELS;
    int wanted = Math.min(IN_A_ROW, images);
    IntUnaryOperator lines = inARow -> 2 * ImageGrid.rows(images, inARow);
    ImageGrid loose = ImageGrid.fitting(shape, wanted, lines, Style.WIDTH, GAP, left, TOP, 0);
    return new ImageGrid(
        shape,
        loose.columns(),
        loose.scale(),
        GAP,
        left,
        TOP,
        PAIR_GAP + loose.imageHeight() + ROW_GAP);
  }
}
