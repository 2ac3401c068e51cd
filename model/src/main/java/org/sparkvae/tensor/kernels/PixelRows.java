package org.sparkvae.tensor.kernels;

/**
 * Images in unsigned bytes, each anywhere in an array.
 *
 * @param arrays that hold them, one for each image
 * @param from place of each image's first pixel
 * @param values of an image
 */
public record PixelRows(byte[][] arrays, int[] from, int values) {
  /** How many there are. */
  public int count() {
    return from.length;
  }
}
