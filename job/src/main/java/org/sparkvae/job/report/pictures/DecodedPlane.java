package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * What points of a plane of codes decode to, each image at its point (Kingma and Welling, 2014,
 * figure 4): neighbours in the picture are neighbours in the plane.
 *
 * @param fileName its name in the folder of pictures
 * @param shape of every image
 * @param names of the axes
 * @param axes the values on the axis to the right and on the one upwards, rising, [2][side]; a side
 *     of 20 makes a good picture
 * @param decoded [side * side][values] in [0, 1], of {@link #grid}'s points, not a copy
 */
public record DecodedPlane(
    String fileName,
    String title,
    ImageShape shape,
    List<String> names,
    float[][] axes,
    float[][] decoded)
    implements Picture {
  private static final int TOP = 100;
  private static final int AXIS = 80;

  /** Pixels from the left to the right and from the top to the bottom of all images. */
  private static final int LARGEST = 6800;

  /** Refuses no images, and other than side * side of them; copies the names. */
  public DecodedPlane {
    names = List.copyOf(names);
    Images.check(shape, decoded, fileName);
    int side = axes[0].length;
    if (decoded.length != side * side) {
      throw new IllegalArgumentException(decoded.length + " images, not " + side + " x " + side);
    }
  }

  /**
   * The points to decode, row by row from the top: the first value rises to the right, the second
   * upwards.
   *
   * @param axes the values on either axis, rising, [2][side]
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
  public BufferedImage draw() {
    ImageGrid grid = layout();
    Canvas canvas = new Canvas(grid.sheetWidth(), grid.bottom(side()) + AXIS + 20);
    canvas.text(title, grid.left(), 60, Style.TITLE, Style.INK);
    for (int i = 0; i < decoded.length; i++) {
      grid.draw(canvas, decoded[i], i);
    }
    int middleX = (grid.left() + grid.right()) / 2;
    int middleY = (grid.top() + grid.bottom(side())) / 2;
    canvas.centred(names.get(0), middleX, grid.bottom(side()) + AXIS, Style.TEXT, Style.INK);
    canvas.upwards(names.get(1), grid.left() - AXIS, middleY, Style.TEXT, Style.INK);
    ticks(canvas, grid);
    return canvas.done();
  }

  /** Some of the values, in pairs around the middle. */
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
    canvas.centred(text(0, i), x, grid.bottom(side()) + 34, Style.SMALL, Style.FAINT_INK);
    int y = grid.y(side() - 1 - i) + grid.imageHeight() / 2 + 8;
    canvas.rightwards(text(1, i), grid.left() - 12, y, Style.SMALL, Style.FAINT_INK);
  }

  /** A value with as many decimals as it takes to tell a tenth of its axis, at least one. */
  private String text(int axis, int i) {
    double tenth = (axes[axis][side() - 1] - axes[axis][0]) / 10;
    int decimals = tenth > 0 ? (int) Math.ceil(-Math.log10(tenth)) : 1;
    // Of -0.0 it would say -0.0.
    return ChartStyle.number(axes[axis][i] + 0.0, Math.max(1, decimals));
  }

  /** The images touch; their number in a row is fixed, however wide. */
  ImageGrid layout() {
    int left = Style.MARGIN + AXIS;
    return new ImageGrid(shape, side(), scale(), 0, left, TOP, 0);
  }

  private ImageGrid.Scale scale() {
    ImageGrid.Scale scale = ImageGrid.Scale.fitting(shape, Style.WIDTH / side(), side());
    for (int shrink = scale.shrink(); side() * longer(scale) > LARGEST; ) {
      shrink++;
      scale = new ImageGrid.Scale(1, shrink);
    }
    return scale;
  }

  private int longer(ImageGrid.Scale scale) {
    return Math.max(scale.width(shape), scale.height(shape));
  }
}
