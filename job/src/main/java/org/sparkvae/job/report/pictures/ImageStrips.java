package org.sparkvae.job.report.pictures;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparkvae.job.data.images.ImageShape;
import org.sparkvae.job.report.drawing.Canvas;
import org.sparkvae.job.report.drawing.ImageGrid;
import org.sparkvae.job.report.drawing.Images;
import org.sparkvae.job.report.drawing.Style;

/**
 * Rows of images that belong together, such as an image and what was made of it. Short rows stand
 * beside each other.
 *
 * @param fileName its name in the folder of pictures
 * @param columns what the images of a row are, above each of them; none where that needs no word
 * @param shape of every image
 * @param rows [n][images][values] in [0, 1], all of as many images, not copies
 */
public record ImageStrips(
    String fileName, String title, List<String> columns, ImageShape shape, List<List<float[]>> rows)
    implements Picture {
  private static final int TOP = 100;
  private static final int HEADING = 40;
  private static final int GAP = 6;
  private static final int BETWEEN = 60;

  /** Images of a row that are as large as they can be: in fewer, several rows share a line. */
  private static final int WANTED = 10;

  /** Refuses no rows, rows of other lengths, and what cannot be drawn; copies the lists. */
  public ImageStrips {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(fileName + ": there are no rows to draw");
    }
    int length = rows.get(0).size();
    for (List<float[]> row : rows) {
      Images.check(shape, row.toArray(float[][]::new), fileName);
      if (row.size() != length || !columns.isEmpty() && columns.size() != length) {
        throw new IllegalArgumentException(fileName + ": rows of unequal lengths");
      }
    }
  }

  @Override
  public BufferedImage draw() {
    Block block = block();
    int lines = ImageGrid.rows(rows.size(), block.beside());
    int right = block.left(block.beside()) - BETWEEN;
    Canvas canvas =
        new Canvas(
            Math.max(Style.LEAST_WIDTH, right + Style.MARGIN), block.y(lines) - GAP + Style.MARGIN);
    canvas.text(title, Style.MARGIN, 60, Style.TITLE, Style.INK);
    for (int beside = 0; beside < Math.min(block.beside(), rows.size()); beside++) {
      for (int column = 0; column < columns.size(); column++) {
        canvas.text(
            columns.get(column),
            block.x(beside, column),
            TOP + HEADING - 14,
            Style.SMALL,
            Style.FAINT_INK);
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < rows.get(i).size(); column++) {
        canvas.image(
            shape,
            rows.get(i).get(column),
            block.x(i % block.beside(), column),
            block.y(i / block.beside()),
            block.scale());
      }
    }
    return canvas.done();
  }

  /**
   * Where rows stand.
   *
   * @param length images of a row
   * @param beside rows that share a line
   * @param scale of every image
   * @param top of the first line
   */
  private record Block(ImageShape shape, int length, int beside, ImageGrid.Scale scale, int top) {
    int left(int place) {
      return Style.MARGIN + place * (length * (scale.width(shape) + GAP) - GAP + BETWEEN);
    }

    int x(int place, int column) {
      return left(place) + column * (scale.width(shape) + GAP);
    }

    int y(int line) {
      return top + line * (scale.height(shape) + GAP);
    }
  }

  private Block block() {
    int length = rows.get(0).size();
    int beside = Math.max(1, Math.min(rows.size(), WANTED / length));
    int room = Style.WIDTH - (beside - 1) * BETWEEN;
    ImageGrid.Scale scale =
        ImageGrid.Scale.fitting(
            shape, room / (beside * length) - GAP, ImageGrid.rows(rows.size(), beside));
    return new Block(shape, length, beside, scale, TOP + (columns.isEmpty() ? 0 : HEADING));
  }
}
