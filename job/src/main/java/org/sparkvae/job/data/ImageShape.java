package org.sparkvae.job.data;

import java.io.Serializable;

/**
 * The shape of an image; its values are stored row by row, channels (red, green, blue) innermost.
 *
 * @param width pixels
 * @param height pixels
 * @param channels 1 or 3
 */
public record ImageShape(int width, int height, int channels) implements Serializable {
  /** Values per image. */
  public int values() {
    return Math.multiplyExact(Math.multiplyExact(width, height), channels);
  }
}
