package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.sparkvae.job.data.images.ImageShape;

/**
 * What a two-dimensional latent space decodes to, at equal steps of the prior's probability (Kingma
 * and Welling, 2014, figure 4).
 *
 * @param shape of every image
 * @param side images in a row, and rows; 20 make a good picture
 * @param decoded [side * side][values] in [0, 1], the mean of p(x|z) at {@link #grid}'s points, not
 *     a copy
 */
public record LatentManifold(ImageShape shape, int side, float[][] decoded) implements Picture {
  private static final String NAME = "manifold";
  private static final int TOP = 100;
  private static final int AXIS = 80;

  /** Refuses no images, and other than side * side of them. */
  public LatentManifold {
    Images.check(shape, decoded, NAME);
    if (decoded.length != side * side) {
      throw new IllegalArgumentException(decoded.length + " images, not " + side + " x " + side);
    }
  }

  /**
   * The points to decode, row by row from the top: z1 rises to the right, z2 upwards.
   *
   * @param side points in a row, and rows
   * @return [side * side][2], normal quantiles of (i + 1/2) / side
   */
  public static float[][] grid(int side) {
    float[][] points = new float[side * side][];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        points[row * side + column] =
            new float[] {(float) quantile(column, side), (float) quantile(side - 1 - row, side)};
      }
    }
    return points;
  }

  private static double quantile(int i, int side) {
    // The default constructor seeds a generator of random numbers that nobody needs.
    return new NormalDistribution(null, 0, 1).inverseCumulativeProbability((i + 0.5) / side);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    ImageGrid grid = layout();
    Canvas canvas = new Canvas(grid.sheetWidth(), grid.bottom(side) + AXIS + 20);
    canvas.text("The latent space, decoded", grid.left(), 60, Style.TITLE, Style.INK);
    for (int i = 0; i < decoded.length; i++) {
      grid.draw(canvas, decoded[i], i);
    }
    int middleX = (grid.left() + grid.right()) / 2;
    int middleY = (grid.top() + grid.bottom(side)) / 2;
    canvas.centred("z1", middleX, grid.bottom(side) + AXIS, Style.TEXT, Style.INK);
    canvas.upwards("z2", grid.left() - AXIS, middleY, Style.TEXT, Style.INK);
    ticks(canvas, grid);
    return canvas.done();
  }

  /** Some of the latent values, in pairs around zero. */
  private void ticks(Canvas canvas, ImageGrid grid) {
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
    String z = ChartStyle.number(quantile(i, side) + 0.0, 1);
    int x = grid.x(i) + grid.imageWidth() / 2;
    canvas.centred(z, x, grid.bottom(side) + 34, Style.SMALL, Style.FAINT_INK);
    int y = grid.y(side - 1 - i) + grid.imageHeight() / 2 + 8;
    canvas.rightwards(z, grid.left() - 12, y, Style.SMALL, Style.FAINT_INK);
  }

  /** The images touch, as neighbours in the plane; their number in a row is fixed, however wide. */
  ImageGrid layout() {
    int left = Style.MARGIN + AXIS;
    int zoom = Math.max(1, Style.WIDTH / (side * shape.width()));
    return new ImageGrid(shape, side, zoom, 0, left, TOP, 0);
  }
}
