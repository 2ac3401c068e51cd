package org.sparkvae.job.data.conversion;

import org.sparkvae.job.data.images.ImageShape;

/**
 * A part of an image.
 *
 * @param left pixels before it in a row
 * @param top rows above it
 * @param width pixels
 * @param height pixels
 */
record ImagePart(int left, int top, int width, int height) {

  static ImagePart all(ImageShape shape) {
    return new ImagePart(0, 0, shape.width(), shape.height());
  }

  /** The largest part of another one that has this one's proportions, in its middle. */
  ImagePart largestWithin(ImagePart other) {
    if ((long) width * other.height >= (long) other.width * height) {
      int rows = scaled(height, other.width, width, other.height);
      return new ImagePart(other.left, other.top + (other.height - rows) / 2, other.width, rows);
    }
    int columns = scaled(width, other.height, height, other.width);
    return new ImagePart(
        other.left + (other.width - columns) / 2, other.top, columns, other.height);
  }

  /** length * to / from, rounded, at least a pixel. */
  private static int scaled(int length, int to, int from, int most) {
    long rounded = ((long) length * to + from / 2) / from;
    return (int) Math.max(1, Math.min(most, rounded));
  }
}
