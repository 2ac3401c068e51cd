package org.sparkvae.job.report.drawing;

import java.util.function.IntUnaryOperator;
import org.sparkvae.job.data.images.ImageShape;

/**
 * Where images stand in rows and columns, and how far they are enlarged or shrunk, by whole pixels.
 *
 * @param shape of every image
 * @param columns images in a row
 * @param scale of every image
 * @param gap pixels between images
 * @param left of the first column
 * @param top of the first row
 * @param below pixels kept free under each row, for text
 */
public record ImageGrid(
    ImageShape shape, int columns, Scale scale, int gap, int left, int top, int below) {

  private static final int WIDEST = 340;

  /** Images of up to that height or width are shown whole, however many there are. */
  private static final int SMALL = 340;

  /** Of all rows together, where images can be shrunk to it. */
  private static final int HEIGHT = 4000;

  /**
   * How large an image is drawn.
   *
   * @param zoom pixels per pixel of an image
   * @param shrink pixels of an image, to either side, that one pixel is the mean of
   */
  public record Scale(int zoom, int shrink) {
    /**
     * Shrunk only where it takes too much room, else enlarged as far as a width lets it.
     *
     * @param width pixels for an image
     * @param lines images above each other
     */
    public static Scale fitting(ImageShape shape, int width, int lines) {
      int shrink = 1;
      while (!new Scale(1, shrink).isWithin(shape, Math.max(SMALL, width), tallest(lines))) {
        shrink++;
      }
      return new Scale(1, shrink).enlarged(shape, width, tallest(lines));
    }

    private boolean isWithin(ImageShape shape, int width, int height) {
      return width(shape) <= width && height(shape) <= height;
    }

    private Scale enlarged(ImageShape shape, int width, int height) {
      return new Scale(Math.max(1, Math.min(width / width(shape), height / height(shape))), shrink);
    }

    /** Pixels across an image. */
    public int width(ImageShape shape) {
      return parts(shape.width(), shrink) * zoom;
    }

    /** Pixels from an image's top to its bottom. */
    public int height(ImageShape shape) {
      return parts(shape.height(), shrink) * zoom;
    }

    private static int parts(int length, int part) {
      return (length + part - 1) / part;
    }
  }

  /**
   * As large as fits, and not so large that one looks at pixels rather than an image.
   *
   * @param wanted images in a row, fewer where so many do not fit
   * @param lines how many images stand above each other, by the number in a row
   * @param width pixels, of the whole row
   */
  public static ImageGrid fitting(
      ImageShape shape,
      int wanted,
      IntUnaryOperator lines,
      int width,
      int gap,
      int left,
      int top,
      int below) {
    // Images that are shrunk leave room for more of them in a row.
    for (int shrink = 1; ; shrink++) {
      Scale scale = new Scale(1, shrink);
      int columns = Math.max(1, Math.min(wanted, (width + gap) / (scale.width(shape) + gap)));
      int tallest = tallest(lines.applyAsInt(columns));
      if (scale.isWithin(shape, width, tallest)) {
        int imageWidth = Math.min(WIDEST, (width + gap) / columns - gap);
        Scale fitting = scale.enlarged(shape, imageWidth, tallest);
        return new ImageGrid(shape, columns, fitting, gap, left, top, below);
      }
    }
  }

  /** The height that an image may have among others above and below it. */
  private static int tallest(int lines) {
    return Math.max(SMALL, HEIGHT / lines);
  }

  /** The same grid, its first row elsewhere. */
  public ImageGrid withTop(int newTop) {
    return new ImageGrid(shape, columns, scale, gap, left, newTop, below);
  }

  /** The same grid, its columns so far apart that text of a width fits under each image. */
  public ImageGrid withRoomFor(int text) {
    int apart = Math.max(gap, text + gap - imageWidth());
    return new ImageGrid(shape, columns, scale, apart, left, top, below);
  }

  /** The left edge of a column. */
  public int x(int column) {
    return left + column * (imageWidth() + gap);
  }

  /** The upper edge of a row. */
  public int y(int row) {
    return top + row * (imageHeight() + gap + below);
  }

  /** Pixels of an image, enlarged. */
  public int imageWidth() {
    return scale.width(shape);
  }

  /** Pixels of an image, enlarged. */
  public int imageHeight() {
    return scale.height(shape);
  }

  /** The right edge of the last column. */
  public int right() {
    return x(columns) - gap;
  }

  /** The width of a sheet that holds the rows and a title. */
  public int sheetWidth() {
    return Math.max(Style.LEAST_WIDTH, right() + Style.MARGIN);
  }

  /** The lower edge of so many rows, text and all. */
  public int bottom(int rows) {
    return y(rows) - gap;
  }

  /** Rows that so many images take. */
  public int rows(int images) {
    return rows(images, columns);
  }

  /** Rows that so many images take, so many in each. */
  public static int rows(int images, int columns) {
    return (images + columns - 1) / columns;
  }

  /** Draws an image at its place, counted row by row. */
  public void draw(Canvas canvas, float[] values, int place) {
    canvas.image(shape, values, x(place % columns), y(place / columns), scale);
  }
}
