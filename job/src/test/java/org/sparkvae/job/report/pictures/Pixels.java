package org.sparkvae.job.report.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.sparkvae.job.report.drawing.ImageGrid;

/** What the tests ask of a picture's pixels. */
final class Pixels {
  private Pixels() {}

  /** How many pixels of a rectangle are of exactly this colour. */
  static long count(BufferedImage image, Color colour, int x, int y, int width, int height) {
    long count = 0;
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        if ((image.getRGB(column, row) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF)) {
          count++;
        }
      }
    }
    return count;
  }

  /** How many pixels of a picture are of exactly this colour. */
  static long count(BufferedImage image, Color colour) {
    return count(image, colour, 0, 0, image.getWidth(), image.getHeight());
  }

  /** An image of a grid's cell, taken back from the picture as levels 0 .. 255. */
  static int[] cell(BufferedImage picture, ImageGrid grid, int place) {
    int zoom = grid.scale().zoom();
    int left = grid.x(place % grid.columns());
    int top = grid.y(place / grid.columns());
    int channels = grid.shape().channels();
    int[] levels = new int[grid.shape().values()];
    for (int row = 0; row < grid.shape().height(); row++) {
      for (int column = 0; column < grid.shape().width(); column++) {
        Color first = new Color(picture.getRGB(left + column * zoom, top + row * zoom));
        long same = count(picture, first, left + column * zoom, top + row * zoom, zoom, zoom);
        if (same != (long) zoom * zoom) {
          throw new AssertionError("pixel " + column + "," + row + " is not one square");
        }
        int at = (row * grid.shape().width() + column) * channels;
        levels[at] = first.getRed();
        if (channels > 1) {
          levels[at + 1] = first.getGreen();
          levels[at + 2] = first.getBlue();
        } else if (first.getGreen() != first.getRed() || first.getBlue() != first.getRed()) {
          throw new AssertionError("a grey image has colours");
        }
      }
    }
    return levels;
  }

  /** Images whose values all differ: value v of image i is (i * values + v) mod 256, over 255. */
  static float[][] images(int count, int values) {
    float[][] images = new float[count][values];
    for (int i = 0; i < count; i++) {
      for (int v = 0; v < values; v++) {
        images[i][v] = level(i, v, values) / 255f;
      }
    }
    return images;
  }

  /** The levels of one such image. */
  static int[] levels(int image, int values) {
    int[] levels = new int[values];
    for (int v = 0; v < values; v++) {
      levels[v] = level(image, v, values);
    }
    return levels;
  }

  private static int level(int image, int value, int values) {
    return (image * values + value) % 256;
  }
}
