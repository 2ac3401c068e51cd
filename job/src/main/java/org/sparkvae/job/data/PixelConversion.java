package org.sparkvae.job.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/**
 * Turns a decoded image into 8-bit grey or RGB values, in integer arithmetic, as the file has them
 * (no gamma, no colour profiles).
 *
 * <ul>
 *   <li>A sample of s bits becomes round(255 v / (2^s - 1)).
 *   <li>Transparency composites on black: round(a v / 255).
 *   <li>Grey from colour is the luma of ITU-R BT.601, round(0.299 R + 0.587 G + 0.114 B); colour
 *       from grey is R = G = B.
 * </ul>
 */
final class PixelConversion {
  private final int channels;

  /** To 1 channel (grey) or 3 (RGB). */
  PixelConversion(int channels) {
    this.channels = channels;
  }

  /** Writes the values of an image to {@code out[offset ..]}. */
  void convert(BufferedImage image, byte[] out, int offset) {
    if (image.getColorModel() instanceof ComponentColorModel) {
      convertSamples(image, out, offset);
    } else {
      convertArgb(image, out, offset);
    }
  }

  /** Samples are taken as they are: BufferedImage.getRGB would gamma-correct grey ones. */
  private void convertSamples(BufferedImage image, byte[] out, int offset) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    int most = (1 << model.getComponentSize(0)) - 1;
    int[] row = new int[image.getWidth() * bands];
    int to = offset;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        int red = scale(row[at], most);
        int green = colours == 3 ? scale(row[at + 1], most) : red;
        int blue = colours == 3 ? scale(row[at + 2], most) : red;
        int alpha = model.hasAlpha() ? scale(row[at + bands - 1], most) : 255;
        to = write(alpha, red, green, blue, out, to);
      }
    }
  }

  /** Palettes (also grey of under 8 bits, which is read as one) and packed pixels. */
  private void convertArgb(BufferedImage image, byte[] out, int offset) {
    int[] row = new int[image.getWidth()];
    int to = offset;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int argb : row) {
        to = write(argb >>> 24, argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, out, to);
      }
    }
  }

  /** Writes one pixel; where the next one goes. */
  int write(int alpha, int red, int green, int blue, byte[] out, int to) {
    int r = scale(alpha * red, 255 * 255);
    int g = scale(alpha * green, 255 * 255);
    int b = scale(alpha * blue, 255 * 255);
    if (channels == 1) {
      out[to] = (byte) ((299 * r + 587 * g + 114 * b + 500) / 1000);
      return to + 1;
    }
    out[to] = (byte) r;
    out[to + 1] = (byte) g;
    out[to + 2] = (byte) b;
    return to + 3;
  }

  private static int scale(int sample, int most) {
    return most == 255 ? sample : (int) ((255L * sample + most / 2) / most);
  }
}
