package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * What a two-dimensional latent space decodes to, at equal steps of the prior's probability (Kingma
 * and Welling, 2014, figure 4).
 *
 * @param shape of every image
 * @param axes the values of z1 and of z2, rising, [2][side]; a side of 20 makes a good picture
 * @param decoded [side * side][values] in [0, 1], the mean of p(x|z) at {@link #grid}'s points, not
 *     a copy
 */
public record LatentManifold(ImageShape shape, float[][] axes, float[][] decoded)
    implements Picture {
  private static final String NAME = "manifold";
  private static final int TOP = 100;
  private static final int AXIS = 80;

  /** Refuses no images, and other than side * side of them. */
  public LatentManifold {
    Images.check(shape, decoded, NAME);
    int side = axes[0].length;
    if (decoded.length != side * side) {
      throw new IllegalArgumentException(decoded.length + " images, not " + side + " x " + side);
    }
  }

  /**
   * The points to decode, row by row from the top: z1 rises to the right, z2 upwards.
   *
   * @param axes the values of z1 and of z2, rising, [2][side]
   * @return [side * side][2]
   */
  public static float[][] grid(float[][] axes) {
    int side = axes[0].length;
    float[][] points = new float[side * side][];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        points[row * side + column] = new float[] {axes[0][column], axes[1][side - 1 - row]};
      }
    }
    return points;
  }

  private int side() {
    return axes[0].length;
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    ImageGrid grid = layout();
    Canvas canvas = new Canvas(grid.sheetWidth(), grid.bottom(side()) + AXIS + 20);
    canvas.text("The latent space, decoded", grid.left(), 60, Style.TITLE, Style.INK);
    for (int i = 0; i < decoded.length; i++) {
      grid.draw(canvas, decoded[i], i);
    }
    int middleX = (grid.left() + grid.right()) / 2;
    int middleY = (grid.top() + grid.bottom(side())) / 2;
    canvas.centred("z1", middleX, grid.bottom(side()) + AXIS, Style.TEXT, Style.INK);
    canvas.upwards("z2", grid.left() - AXIS, middleY, Style.TEXT, Style.INK);
    ticks(canvas, grid);
    return canvas.done();
  }

  /** Some of the latent values, in pairs around the middle. */
  private void ticks(Canvas canvas, ImageGrid grid) {
    int side = side();
    int step = Math.max(1, side / 6);
    for (int i = 0; side - 1 - 2 * i >= step; i += step) {
      tick(canvas, grid, i);
      tick(canvas, grid, side - 1 - i);
    }
    if (side % 2 == 1) {
      tick(canvas, grid, side / 2);
    }
  }

  private void tick(Canvas canvas, ImageGrid grid, int i) {
    int x = grid.x(i) + grid.imageWidth() / 2;
    canvas.centred(text(axes[0][i]), x, grid.bottom(side()) + 34, Style.SMALL, Style.FAINT_INK);
    int y = grid.y(side() - 1 - i) + grid.imageHeight() / 2 + 8;
    canvas.rightwards(text(axes[1][i]), grid.left() - 12, y, Style.SMALL, Style.FAINT_INK);
  }

  private static String text(float z) {
    // Of -0.0 it would say -0.0.
    return ChartStyle.number(z + 0.0, 1);
  }

  /** The images touch, as neighbours in the plane; their number in a row is fixed, however wide. */
  ImageGrid layout() {
    int left = Style.MARGIN + AXIS;
    ImageGrid.Scale scale = ImageGrid.Scale.fitting(shape, Style.WIDTH / side(), side());
    return new ImageGrid(shape, side(), scale, 0, left, TOP, 0);
  }
}
