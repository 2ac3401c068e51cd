package org.sparkvae.network;

import java.io.Serializable;
import java.util.Locale;

/**
 * The shape of an image, or of what a layer makes of one; values lie row by row, channels
 * innermost.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels 1 for grey, 3 for RGB
 */
public record Shape(int height, int width, int channels) implements Serializable {
  public Shape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a shape needs at least 1 value, not %d x %d x %d",
              height,
              width,
              channels));
    }
  }

  /** A plain vector of so many values. */
  public static Shape vector(int values) {
    return new Shape(1, values, 1);
  }

  public int values() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }
}
