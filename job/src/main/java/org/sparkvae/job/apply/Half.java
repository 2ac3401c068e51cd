package org.sparkvae.job.apply;

import org.sparkvae.kinds.Setting;
import org.sparkvae.network.Shape;

/**
 * Half of every image is missing.
 *
 * @param side which
 */
public record Half(@Setting(says = "Which half is missing.", otherwise = "lower") Side side)
    implements MissingPixels {
  /** A half of an image; of an odd number of pixels, that in the middle is in none. */
  public enum Side {
    UPPER,
    LOWER,
    LEFT,
    RIGHT
  }

  @Override
  public boolean[] of(Shape shape, byte[] mask, long key) {
    int height = shape.height();
    int width = shape.width();
    boolean[] missing = new boolean[height * width];
    for (int i = 0; i < missing.length; i++) {
      int y = i / width;
      int x = i % width;
      missing[i] =
          switch (side) {
            case UPPER -> y < height / 2;
            case LOWER -> y >= (height + 1) / 2;
            case LEFT -> x < width / 2;
            case RIGHT -> x >= (width + 1) / 2;
          };
    }
    return missing;
  }
}
