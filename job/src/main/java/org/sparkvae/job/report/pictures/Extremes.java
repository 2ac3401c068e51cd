package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ChartStyle;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;
import org.sparkvae.job.report.summary.Readable;

/**
 * The test images that the model finds least likely, its outliers, and those it finds most likely.
 *
 * @param shape of every image
 * @param leastLikely the lowest log p(x) first; ten or twenty make a good picture
 * @param mostLikely the highest log p(x) first
 * @param images how many they were chosen from
 */
public record Extremes(
    ImageShape shape, List<ScoredImage> leastLikely, List<ScoredImage> mostLikely, long images)
    implements Picture {
  private static final String NAME = "outliers";
  private static final String UNSURE = "~ ";
  private static final int IN_A_ROW = 10;
  private static final int GAP = 10;
  private static final int BELOW = 66;
  private static final int HEADING = 70;
  private static final int BETWEEN = 50;

  /** Of log p(x) under an image. */
  private static final int LABEL = 168;

  /** Of a title, and what is said beside it. */
  private static final int LEAST_WIDTH = 1640;

  /** Refuses an empty list, and copies both. */
  public Extremes {
    leastLikely = List.copyOf(leastLikely);
    mostLikely = List.copyOf(mostLikely);
    Images.check(shape, values(leastLikely), NAME);
    Images.check(shape, values(mostLikely), NAME);
  }

  private static float[][] values(List<ScoredImage> images) {
    return images.stream().map(ScoredImage::values).toArray(float[][]::new);
  }

  @Override
  public String fileName() {
    return NAME + ".png";
  }

  @Override
  public BufferedImage draw() {
    ImageGrid upper = grid();
    int end = upper.bottom(upper.rows(leastLikely.size()));
    ImageGrid lower = upper.withTop(end + BETWEEN + HEADING);
    Canvas canvas =
        new Canvas(width(lower), lower.bottom(lower.rows(mostLikely.size())) + Style.MARGIN / 2);
    String of = " of " + Readable.count(images, "test image");
    section(canvas, upper, "Least likely" + of, leastLikely);
    section(canvas, lower, "Most likely" + of, mostLikely);
    return canvas.done();
  }

  /** The grid of the least likely images. */
  ImageGrid grid() {
    int top = Style.MARGIN / 2 + HEADING;
    int wanted = Math.min(IN_A_ROW, Math.max(leastLikely.size(), mostLikely.size()));
    return ImageGrid.fitting(
            shape,
            wanted,
            inARow ->
                ImageGrid.rows(leastLikely.size(), inARow)
                    + ImageGrid.rows(mostLikely.size(), inARow),
            Style.WIDTH,
            GAP,
            Style.MARGIN,
            top,
            BELOW)
        .withRoomFor(LABEL);
  }

  private static int width(ImageGrid grid) {
    return Math.max(LEAST_WIDTH, grid.sheetWidth());
  }

  private static void section(
      Canvas canvas, ImageGrid grid, String title, List<ScoredImage> images) {
    int heading = grid.top() - 24;
    canvas.text(title, grid.left(), heading, Style.TITLE, Style.INK);
    boolean reliable = images.stream().allMatch(ScoredImage::reliable);
    canvas.rightwards(
        "under each: log p(x) in nats"
            + (reliable ? "" : " (" + UNSURE + "where its error is not known)")
            + ", and the image\u2019s path or id",
        width(grid) - Style.MARGIN,
        heading,
        Style.SMALL,
        Style.FAINT_INK);
    for (int i = 0; i < images.size(); i++) {
      ScoredImage image = images.get(i);
      grid.draw(canvas, image.values(), i);
      int x = grid.x(i % grid.columns()) + grid.imageWidth() / 2;
      int y = grid.y(i / grid.columns()) + grid.imageHeight();
      String logLikelihood =
          (image.reliable() ? "" : UNSURE) + ChartStyle.number(image.logLikelihood(), 1);
      canvas.centred(logLikelihood, x, y + 29, Style.TEXT, Style.INK);
      String name = canvas.end(image.name(), Style.SMALL, Math.max(LABEL, grid.imageWidth()));
      canvas.centred(name, x, y + 56, Style.SMALL, Style.FAINT_INK);
    }
  }
}
