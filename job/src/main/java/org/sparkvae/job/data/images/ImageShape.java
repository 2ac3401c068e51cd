package org.sparkvae.job.data.images;

import java.io.Serializable;
import org.sparkvae.network.Shape;

/**
 * The shape of an image; its values are stored row by row, channels (red, green, blue) innermost.
 *
 * @param width pixels
 * @param height pixels
 * @param channels 1 or 3
 */
public record ImageShape(int width, int height, int channels) implements Serializable {
  /** The most values of an image of a model: 4,096 x 4,096 grey. */
  public static final int MOST_VALUES = 1 << 24;

  /**
   * The most values of an image that is read and resized to one of a model: 44 million pixels in
   * colour, above what cameras and phones take as a rule. A task has some three bytes of memory for
   * each.
   */
  public static final int MOST_READ = 1 << 27;

  /** Values per image: width x height x channels. */
  public int values() {
    return Math.multiplyExact(Math.multiplyExact(width, height), channels);
  }

  /** As a model knows it. */
  public Shape ofModel() {
    return new Shape(height, width, channels);
  }

  /** Whether the dimensions are positive and a model may have such images. */
  public static boolean isSane(long width, long height, long channels) {
    return isOf(width, height, channels, MOST_VALUES);
  }

  /** Whether the dimensions are positive and such an image may be read, to be resized. */
  public static boolean isReadable(long width, long height, long channels) {
    return isOf(width, height, channels, MOST_READ);
  }

  private static boolean isOf(long width, long height, long channels, long most) {
    return width > 0
        && height > 0
        && (channels == 1 || channels == 3)
        && width <= most
        && height <= most
        && width * height * channels <= most;
  }

  /** As messages say it: {@code 28x28 grey}. */
  @Override
  public String toString() {
    String colours =
        switch (channels) {
          case 1 -> "grey";
          case 3 -> "RGB";
          default -> channels + " channels";
        };
    return width + "x" + height + " " + colours;
  }
}
