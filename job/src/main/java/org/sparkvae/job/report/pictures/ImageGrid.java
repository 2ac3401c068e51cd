package org.sparkvae.job.report.pictures;

import org.sparkvae.job.data.images.ImageShape;

/**
 * Where images stand in rows and columns, and how far they are enlarged, by whole pixels.
 *
 * @param shape of every image
 * @param columns images in a row
 * @param zoom pixels per pixel of an image
 * @param gap pixels between images
 * @param left of the first column
 * @param top of the first row
 * @param below pixels kept free under each row, for text
 */
record ImageGrid(ImageShape shape, int columns, int zoom, int gap, int left, int top, int below) {

  private static final int WIDEST = 340;

  /**
   * As large as fits, and not so large that one looks at pixels rather than an image.
   *
   * @param wanted images in a row, fewer where so many do not fit
   * @param width pixels, of the whole row
   */
  static ImageGrid fitting(
      ImageShape shape, int wanted, int width, int gap, int left, int top, int below) {
    int columns = Math.max(1, Math.min(wanted, (width + gap) / (shape.width() + gap)));
    int imageWidth = Math.min(WIDEST, (width + gap) / columns - gap);
    int zoom = Math.max(1, imageWidth / shape.width());
    return new ImageGrid(shape, columns, zoom, gap, left, top, below);
  }

  /** The same grid, its first row elsewhere. */
  ImageGrid withTop(int newTop) {
    return new ImageGrid(shape, columns, zoom, gap, left, newTop, below);
  }

  /** The left edge of a column. */
  int x(int column) {
    return left + column * (imageWidth() + gap);
  }

  /** The upper edge of a row. */
  int y(int row) {
    return top + row * (imageHeight() + gap + below);
  }

  /** Pixels of an image, enlarged. */
  int imageWidth() {
    return shape.width() * zoom;
  }

  /** Pixels of an image, enlarged. */
  int imageHeight() {
    return shape.height() * zoom;
  }

  /** The right edge of the last column. */
  int right() {
    return x(columns) - gap;
  }

  /** The width of a sheet that holds the rows and a title. */
  int sheetWidth() {
    return Math.max(Style.LEAST_WIDTH, right() + Style.MARGIN);
  }

  /** The lower edge of so many rows, text and all. */
  int bottom(int rows) {
    return y(rows) - gap;
  }

  /** Rows that so many images take. */
  int rows(int images) {
    return (images + columns - 1) / columns;
  }

  /** Draws an image at its place, counted row by row. */
  void draw(Canvas canvas, float[] values, int place) {
    canvas.image(shape, values, x(place % columns), y(place / columns), zoom);
  }
}
